export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The message with its place before it, unless it tells a place within already. */
export function located(where: string, message: string): string {
  return message.startsWith(where) ? message : `${where}: ${message}`;
}
