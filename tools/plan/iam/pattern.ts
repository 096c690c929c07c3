/**
 * Whether everything that one pattern of IAM's matches is matched by another: `dynamodb:*` covers `dynamodb:Get*`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function covers(outer: string, inner: string): boolean {
  const source = ordered(outer)
    .replace(/[\\^$.+()[\]{}|]/g, '\\$&')
    .replaceAll('*', '.*')
    // One character, and a `*` of the other pattern is more than that.
    .replaceAll('?', '[^*]');
  return new RegExp(`^${source}$`, 's').test(ordered(inner));
}

/** Whether no text is matched by both. */
export function areDisjoint(one: string, other: string): boolean {
  const seen = new Set<string>();
  const meet = (i: number, j: number): boolean => {
    if (i === one.length && j === other.length) return true;
    const key = `${i},${j}`;
    if (seen.has(key)) return false;
    seen.add(key);
    if (one[i] === '*') return meet(i + 1, j) || (j < other.length && meet(i, j + 1));
    if (other[j] === '*') return meet(i, j + 1) || (i < one.length && meet(i + 1, j));
    if (i === one.length || j === other.length) return false;
    return (one[i] === '?' || other[j] === '?' || one[i] === other[j]) && meet(i + 1, j + 1);
  };
  return !meet(0, 0);
}

export function isPattern(text: string): boolean {
  return /[*?]/.test(text);
}

/** `*?` and `?*` mean the same, and so do `**` and `*`. */
function ordered(pattern: string): string {
  return pattern.replace(/[*?]{2,}/g, (run) => run.replaceAll('*', '') + (run.includes('*') ? '*' : ''));
}
