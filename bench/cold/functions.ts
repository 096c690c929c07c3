import path from 'node:path';
import { bundleOf } from '../../tools/build/functions';
import type { Order } from './process';
import type { Reference } from './reference';

/** A deployed function, and what it may cost. */
export interface Measured {
  readonly functionName: string;
  /** Its folder under `build/functions`. */
  readonly bundle: string;
  /** A request that succeeds. */
  readonly event: unknown;
  /** The call of DynamoDB that it comes down to. */
  readonly reference: Reference;
  /** CPU of load and first request, at most this many times that of the reference. */
  readonly budget: number;
}

const jacket = { name: 'Beautiful Jacket', price: 78.89 };
const item = { product: 'Beautiful Jacket', price: 78.89, sizes: ['S', 'M', 'L'] };
const order = { id: '1', product: 'Beautiful Jacket', price: 78.89, order_date: '2024-11-04T10:30:00Z' };
const uuid = '0a80d328-3efc-53f1-88da-13fd9e78e9b1';

export const functions: readonly Measured[] = [
  {
    functionName: 'StoreDataFunction',
    bundle: 'data-api/store-data',
    event: restEvent('POST', '/data', { data: item }),
    reference: 'put',
    budget: 1.06,
  },
  {
    functionName: 'RetrieveDataFunction',
    bundle: 'data-api/retrieve-data',
    event: restEvent('GET', '/data', undefined, uuid),
    reference: 'get',
    budget: 1.06,
  },
  {
    functionName: 'LambdaFunctionOverHttps',
    bundle: 'dynamodb-manager/manage-items',
    event: { operation: 'create', payload: { Item: { id: '1', ...item } } },
    reference: 'put',
    budget: 1.13,
  },
  {
    functionName: 'order-microservice',
    bundle: 'order-api/process-order',
    event: restEvent('POST', '/order', { operation: 'create', payload: { Item: order } }),
    reference: 'put',
    budget: 1.15,
  },
  {
    functionName: 'CreateItemFunction',
    bundle: 'items-api/create-item',
    event: httpEvent('POST', '/items', jacket),
    reference: 'put',
    budget: 1.2,
  },
  {
    functionName: 'ListItemsFunction',
    bundle: 'items-api/list-items',
    event: httpEvent('GET', '/items'),
    reference: 'scan',
    budget: 1.2,
  },
  {
    functionName: 'GetItemFunction',
    bundle: 'items-api/get-item',
    event: httpEvent('GET', '/items', undefined, uuid),
    reference: 'get',
    budget: 1.2,
  },
  {
    functionName: 'UpdateItemFunction',
    bundle: 'items-api/update-item',
    event: httpEvent('PUT', '/items', jacket, uuid),
    reference: 'update',
    budget: 1.2,
  },
  {
    functionName: 'DeleteItemFunction',
    bundle: 'items-api/delete-item',
    event: httpEvent('DELETE', '/items', undefined, uuid),
    reference: 'delete',
    budget: 1.2,
  },
];

/** A request to a function in a process of its own. */
export function orderOf({ bundle, event }: Measured): Order {
  return { file: path.join(bundleOf(bundle), 'index.mjs'), event };
}

/** What the functions read of API Gateway's event, and about as much beside it. */
function restEvent(httpMethod: string, resource: string, body?: unknown, id?: string): object {
  const path = id === undefined ? resource : `${resource}/${id}`;
  return {
    resource,
    path,
    httpMethod,
    multiValueHeaders: { Accept: ['*/*'], 'Content-Type': ['application/json'], Host: ['localhost'] },
    queryStringParameters: null,
    pathParameters: id === undefined ? null : { id },
    requestContext: {
      path: `/prod${path}`,
      stage: 'prod',
      requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
    },
    body: body === undefined ? null : JSON.stringify(body),
    isBase64Encoded: false,
  };
}

function httpEvent(method: string, resource: string, body?: unknown, id?: string): object {
  const path = id === undefined ? resource : `${resource}/${id}`;
  return {
    version: '2.0',
    rawPath: path,
    headers: { accept: '*/*', 'content-type': 'application/json', host: 'localhost' },
    ...(id !== undefined && { pathParameters: { id } }),
    requestContext: { http: { method, path }, stage: '$default', requestId: 'c6af9ac67b61' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    isBase64Encoded: false,
  };
}
