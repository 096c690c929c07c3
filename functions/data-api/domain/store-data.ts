import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { conditionalWrite } from '../../shared/dynamodb/conditional-write';
import type { HttpHandler } from '../../shared/http/http';
import { idempotencyKey, idempotentId } from '../../shared/http/idempotency';
import { location } from '../../shared/http/location';
import { requireItemSize } from '../../shared/dynamodb/item-size';
import { jsonBody } from '../../shared/http/json-body';
import { Problem } from '../../shared/http/problem';
import { toStoredItem } from '../../shared/dynamodb/stored-values';
import { validate } from '../../shared/http/validate';
import { storeDataRequest } from '../contract';
import { readData, type DataTable, type StoredData } from './stored-data';

/**
 * `POST /data`: stores any JSON value under a new UUID and answers 201 with both and with the `Location` to read them
 * from. With an `Idempotency-Key` the same request again is answered alike and stores nothing more.
 *
 * @param stack id of the stack: the same key sent to another one is another key
 */
export function storeData(table: DataTable, stack: string): HttpHandler {
  return async (request) => {
    const { data } = validate(storeDataRequest, jsonBody(request));
    const key = idempotencyKey(request);
    const stored =
      key === undefined
        ? await put(table, { id: randomUUID(), data })
        : await putOnce(table, { id: idempotentId(stack, 'POST /data', key), data });
    return {
      status: 201,
      headers: { Location: location(request.path, stored.id) },
      body: stored,
    };
  };
}

async function put(table: DataTable, item: StoredData, ConditionExpression?: string): Promise<StoredData> {
  requireItemSize(item);
  await table.client.send(
    new PutItemCommand({ TableName: table.name, Item: toStoredItem(item), ConditionExpression }),
  );
  return item;
}

/** A failed condition is a request sent twice, at once or after a lost answer, or its key used for another body. */
function putOnce(table: DataTable, item: StoredData): Promise<StoredData> {
  return conditionalWrite(
    () => put(table, item, 'attribute_not_exists(id)'),
    async () => {
      const earlier = await readData(table, item.id);
      if (isDeepStrictEqual(earlier, item)) return item;
      throw new Problem(
        'idempotency-key-reused',
        'Another body was sent with this Idempotency-Key before; send a new key with a new body.',
      );
    },
  );
}
