import type { StreamDefinition } from '../tables/definition';

/** When the stream was switched on, unless it was given another label: `2026-11-29T03:15:00.123`. */
export function streamLabel({ createdAt, label }: StreamDefinition): string {
  return label ?? new Date(createdAt).toISOString().slice(0, -1);
}

export function streamArn(tableArn: string, stream: StreamDefinition): string {
  return `${tableArn}/stream/${streamLabel(stream)}`;
}
