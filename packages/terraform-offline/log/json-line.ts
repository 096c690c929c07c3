import type { LogEntry } from './log';

/**
 * One entry as a line of JSON: JSON that a function wrote as it wrote it, its text and Lambda's events in the envelope
 * of Lambda's telemetry, what is this server's own in the same one.
 * https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html
 */
export function jsonLine(entry: LogEntry): string {
  const time = new Date().toISOString();
  if (entry.type === 'function') {
    const { type, functionName } = entry;
    const line = entry.line.trimEnd();
    return isJsonObject(line) ? line : JSON.stringify({ time, type, functionName, record: line });
  }
  const { type, ...record } = entry;
  return JSON.stringify({ time, type, record });
}

function isJsonObject(line: string): boolean {
  if (!line.startsWith('{') || line.includes('\n')) return false;
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
