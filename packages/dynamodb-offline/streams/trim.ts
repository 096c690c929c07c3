import type { Context } from '../context';
import { recordKey, sequenceAt } from './sequence';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html */
export const LIFETIME_MS = 24 * 60 * 60 * 1000;

/** Deletes the records that are older than a day, and the streams that were switched off so long ago. */
export async function trimStreams({ tables, store, now, define }: Context): Promise<void> {
  const oldest = now() - LIFETIME_MS;
  for (const { name, definition } of tables.all()) {
    const { stream, formerStreams } = definition;
    for (const { id } of stream ? [stream, ...formerStreams] : formerStreams) {
      await store.clear({ gte: recordKey(id, 0n), lt: recordKey(id, sequenceAt(oldest)) });
    }
    if (!formerStreams.some(({ closedAt = 0 }) => closedAt < oldest)) continue;
    await define((writes) => {
      const table = tables.find(name);
      if (table?.definition.id !== definition.id) return;
      const streams = table.definition.formerStreams;
      const kept = streams.filter(({ closedAt = 0 }) => closedAt >= oldest);
      const gone = streams.filter((one) => !kept.includes(one)).map(({ id }) => id);
      writes.define({ ...table.definition, formerStreams: kept }, gone);
    });
  }
}
