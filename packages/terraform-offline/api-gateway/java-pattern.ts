/** Escapes and character classes, which stay, or a dot, which means less in Java: the next line U+0085 ends a line too. */
const TOKENS = /\\.|\[(?:\\.|[^\]])*\]|\./g;
const JAVA_DOT = String.raw`[^\n\r\u0085\u2028\u2029]`;

/** Whether a Java regular expression matches the whole text. Java's inline flags, possessive quantifiers and atomic groups are missing here, and throw. */
export function matchesWhole(pattern: string, text: string): boolean {
  const inJava = pattern.replace(TOKENS, (token) => (token === '.' ? JAVA_DOT : token));
  return new RegExp(`^(?:${inJava})$`).test(text);
}
