import * as z from 'zod/mini';
import type { Route } from '../shared/contract';

/** The largest zip that a function may become, in KiB: cold start grows with it. */
export const sizeBudget = 70;

/** data-api: any JSON value, stored under a UUID and read back as it was. */
export const routes: readonly Route[] = [
  {
    method: 'POST',
    path: '/data',
    functionName: 'StoreDataFunction',
    handler: 'store-data',
    // GetItem explains a failed condition: the same request again, or the key reused for another body.
    actions: ['PutItem', 'GetItem'],
  },
  {
    method: 'GET',
    path: '/data/{id}',
    functionName: 'RetrieveDataFunction',
    handler: 'retrieve-data',
    actions: ['GetItem'],
  },
];

/** The body of `POST /data`. A member beside `data` is refused: it would not be stored. */
export const storeDataRequest = z.strictObject({ data: z.unknown() });
