import * as z from 'zod/mini';
import type { Layer, Route } from '../shared/contract';

/** The index that lists the items of a name, as they were created. */
export const byName = { indexName: 'by-name', partitionKey: 'name', sortKey: 'createdAt' } as const;

/**
 * At most 2048 bytes, since it is a key of the index: three for each of what JavaScript counts.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html#limits-partition-sort-keys
 */
const name = z.string().check(z.minLength(1), z.maxLength(682));

/**
 * What callers write of an item, and the one place that lists it: the table's entity and every answer follow from here.
 * A field added later is best optional, since callers do not send it yet.
 */
export const itemFields = z.strictObject({
  name,
  price: z.number().check(z.minimum(0)),
  description: z.optional(z.string()),
});

/** Items on a page unless the caller says otherwise. */
export const DEFAULT_LIMIT = 25;

/** The query parameters of `GET /items`; others are ignored, as on every route. */
export const listQuery = z.object({
  limit: z.optional(z.string().check(z.regex(/^([1-9][0-9]?|100)$/, 'must be a whole number from 1 to 100'))),
  cursor: z.optional(z.string()),
  name: z.optional(name),
});

/** The largest zip that a function may become, in KiB: cold start grows with it. */
export const sizeBudget = 12;

/** All its functions are on one layer. */
export const layer: Layer = { name: 'items-orm', sizeBudget: 80 };

/** items-api: items with optimistic locking, a function for every route. */
export const routes: readonly Route[] = [
  {
    method: 'POST',
    path: '/items',
    functionName: 'CreateItemFunction',
    handler: 'create-item',
    // GetItem explains a failed condition, here and below: the same request again, a stale version, no item.
    actions: ['PutItem', 'GetItem'],
  },
  {
    method: 'GET',
    path: '/items',
    functionName: 'ListItemsFunction',
    handler: 'list-items',
    actions: ['Scan'],
    indexActions: { [byName.indexName]: ['Query'] },
  },
  {
    method: 'GET',
    path: '/items/{id}',
    functionName: 'GetItemFunction',
    handler: 'get-item',
    actions: ['GetItem'],
  },
  {
    method: 'PUT',
    path: '/items/{id}',
    functionName: 'UpdateItemFunction',
    handler: 'update-item',
    actions: ['UpdateItem', 'GetItem'],
  },
  {
    method: 'DELETE',
    path: '/items/{id}',
    functionName: 'DeleteItemFunction',
    handler: 'delete-item',
    actions: ['DeleteItem', 'GetItem'],
  },
];
