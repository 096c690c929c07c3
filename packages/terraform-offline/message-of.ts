/** What to tell of anything thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** The message with its place before it, unless it tells a place within already. */
export function located(where: string, message: string): string {
  return message.startsWith(where) ? message : `${where}: ${message}`;
}
