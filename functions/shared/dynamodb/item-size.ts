import { Problem } from '../http/problem';

const MAX_ITEM_BYTES = 400 * 1024;

/**
 * Refuses an item that is certainly larger than DynamoDB stores, before it becomes a request larger than DynamoDB reads
 * (16 MB), which is no proper answer to get. Counts what names and texts take and a byte for any other value; where DynamoDB
 * counts more, its own refusal follows.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 *
 * @throws {Problem} `too-large`
 */
export function requireItemSize(item: object): void {
  let bytes = 0;
  const pending: object[] = [item];
  for (let parent = pending.pop(); parent && bytes <= MAX_ITEM_BYTES; parent = pending.pop()) {
    for (const [name, value] of Object.entries(parent) as [string, unknown][]) {
      if (!Array.isArray(parent)) bytes += Buffer.byteLength(name);
      bytes += typeof value === 'string' ? Buffer.byteLength(value) : 1;
      if (typeof value === 'object' && value !== null) pending.push(value);
    }
  }
  if (bytes > MAX_ITEM_BYTES) {
    throw new Problem(
      'too-large',
      'The item, its names included, is larger than the 400 KB that DynamoDB stores.',
    );
  }
}
