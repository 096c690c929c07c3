import { Problem } from './problem';

const MAX_ITEM_BYTES = 400 * 1024;

/**
 * Refuses an item that is certainly larger than DynamoDB stores, before it becomes a request larger than DynamoDB reads
 * (16 MB), which is no proper answer to get. Counts a byte for each value and what names and texts take; where DynamoDB
 * counts more, its own refusal follows.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 *
 * @throws {Problem} `too-large`
 */
export function requireItemSize(item: object): void {
  let bytes = 0;
  const pending: unknown[] = [item];
  while (pending.length > 0 && bytes <= MAX_ITEM_BYTES) {
    const value = pending.pop();
    bytes += typeof value === 'string' ? Buffer.byteLength(value) : 1;
    if (typeof value !== 'object' || value === null) continue;
    for (const [name, child] of Object.entries(value)) {
      if (!Array.isArray(value)) bytes += Buffer.byteLength(name);
      pending.push(child);
    }
  }
  if (bytes > MAX_ITEM_BYTES) {
    throw new Problem(
      'too-large',
      'The item, its names included, is larger than the 400 KB that DynamoDB stores.',
    );
  }
}
