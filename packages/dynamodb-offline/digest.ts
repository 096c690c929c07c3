/** SHA-256 in base64. `node:crypto` takes a tenth of a start to load, and few need it. */
export function sha256(text: string): string {
  return process.getBuiltinModule('node:crypto').createHash('sha256').update(text).digest('base64');
}
