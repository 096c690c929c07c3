import { MemoryLevel } from 'memory-level';
import { levelStore, type Store } from './store';

/** Ends with the process. */
export async function openInMemory(): Promise<Store> {
  const level = new MemoryLevel<Buffer, Buffer>({ keyEncoding: 'buffer', valueEncoding: 'buffer' });
  await level.open();
  return levelStore(level);
}
