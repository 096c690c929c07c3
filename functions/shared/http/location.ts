/**
 * The `Location` of what was created under the request's path: relative, since a custom domain may map another path to the
 * one that the function sees. https://www.rfc-editor.org/rfc/rfc9110#section-10.2.2
 *
 * @example location('/prod/data', id) // `data/<id>`, which leads from `/v1/data` to `/v1/data/<id>`
 */
export function location(path: string, id: string): string {
  return `${path.slice(path.lastIndexOf('/') + 1)}/${id}`.replace(/^\//, './');
}
