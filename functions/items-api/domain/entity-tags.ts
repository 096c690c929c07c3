import { Problem } from '../../shared/http/problem';

/** https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3 */
interface EntityTag {
  readonly weak: boolean;
  readonly opaque: string;
}

/** What `If-Match` or `If-None-Match` lists: entity tags, or `*` for whatever there is. */
export type EntityTags = '*' | readonly EntityTag[];

const ENTITY_TAG = /^(W\/)?"([\x21\x23-\x7e\x80-\xff]*)"/;

/** The entity tag of an item's version. */
export function entityTag(version: number): string {
  return `"${version}"`;
}

/**
 * The entity tags of a header, or `*`; undefined when the request does not have it.
 * @throws {Problem} `invalid-request` when the header is no list of entity tags
 */
export function parseEntityTags(header: string, value: string | undefined): EntityTags | undefined {
  if (value === undefined) return undefined;
  if (value.trim() === '*') return '*';
  const tags: EntityTag[] = [];
  // Lists may hold empty elements: https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1.2
  for (let rest = value.replace(/^[\s,]+/, ''); rest !== '';) {
    const [tag, weak, opaque] = ENTITY_TAG.exec(rest) ?? [];
    const separator = /^\s*(,[\s,]*|$)/.exec(rest.slice(tag?.length));
    if (tag === undefined || opaque === undefined || !separator) throw malformed(header);
    tags.push({ weak: weak !== undefined, opaque });
    rest = rest.slice(tag.length + separator[0].length);
  }
  if (tags.length === 0) throw malformed(header);
  return tags;
}

/** Whether one of the tags is the version's, as `If-Match` compares: weak tags never are. */
export function matchesStrongly(tags: EntityTags, version: number): boolean {
  return tags === '*' || tags.some(({ weak, opaque }) => !weak && opaque === String(version));
}

/** Whether one of the tags is the version's, as `If-None-Match` compares: weak tags are, too. */
export function matchesWeakly(tags: EntityTags, version: number): boolean {
  return tags === '*' || tags.some(({ opaque }) => opaque === String(version));
}

function malformed(header: string): Problem {
  const message = 'must be * or a list of entity tags, such as "1", "2"';
  return new Problem('invalid-request', `${header} ${message}.`, { errors: [{ path: header, message }] });
}
