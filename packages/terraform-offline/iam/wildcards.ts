/**
 * A pattern of IAM's as a regular expression for the whole text: `*` stands for any characters, `?` for one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 * @param flags `i` where case does not count
 */
export function wildcards(pattern: string, flags: '' | 'i' = ''): RegExp {
  const source = pattern
    .replace(/[\\^$.+()[\]{}|]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, `s${flags}`);
}
