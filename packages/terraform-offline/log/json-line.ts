import type { LogEntry } from './log';

/**
 * One entry as a line of JSON: what functions wrote as they wrote it, Lambda's events in the envelope of its system
 * logs, what is this server's own in the same one.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html
 */
export function jsonLine(entry: LogEntry): string {
  if (entry.type === 'function') return entry.line.trimEnd();
  const { type, ...record } = entry;
  const version = type === 'platform.start' ? { version: '$LATEST' } : {};
  return JSON.stringify({ time: new Date().toISOString(), type, record: { ...record, ...version } });
}
