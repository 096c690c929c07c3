import { isDeepStrictEqual } from 'node:util';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { conditionalWrite } from '../shared/dynamodb/conditional-write';
import { Problem } from '../shared/http/problem';
import { fromStoredItem, toStoredItem } from '../shared/dynamodb/stored-values';
import { execute, type Answer, type TableRequest } from './execute';
import type { TableOperation } from './parameters';
import { isRepeatable, isRepeatableUpdate } from './repeatable';
import { sendOnce, sendRepeatedly, type Send } from './sender';

/** What can be done to a table. A system adds its rules by putting its own action before one of these. */
export type TableActions = {
  readonly [O in TableOperation]: (request: TableRequest<O>, options?: ActionOptions) => Promise<Answer>;
};

export interface ActionOptions {
  /** Whether the write can be made twice. Default: judged by its parameters. */
  readonly repeatable?: boolean;
}

/**
 * DynamoDB's own behaviour: `create` overwrites, `update` of an absent item makes it.
 * @param withoutKeepAlive makes the client for what must not be sent twice, once there is such a request
 */
export function tableActions(client: DynamoDBClient, withoutKeepAlive: () => DynamoDBClient): TableActions {
  const repeatedly = sendRepeatedly(client);
  const once = sendOnce(withoutKeepAlive);
  const sender = (repeatable: boolean) => (repeatable ? repeatedly : once);
  return {
    // A condition alone does not keep a create from being repeated: reading tells whether it was made.
    create: (request) =>
      request.parameters.ReturnValues === 'ALL_OLD'
        ? execute(once, 'create', request)
        : create(repeatedly, request),
    read: (request) => execute(repeatedly, 'read', request),
    update: (request, { repeatable = isRepeatableUpdate(request.parameters) } = {}) =>
      execute(sender(repeatable), 'update', request),
    delete: (request) => execute(sender(isRepeatable(request.parameters)), 'delete', request),
    list: (request) => execute(repeatedly, 'list', request),
    query: (request) => execute(repeatedly, 'query', request),
  };
}

function create(send: Send, request: TableRequest<'create'>): Promise<Answer> {
  const { tableName, parameters } = request;
  return conditionalWrite(
    () => execute(send, 'create', request),
    async ({ retried }) => {
      if (retried) {
        const Key = { id: parameters.Item.id };
        const { Item, ResponseMetadata } = await execute(send, 'read', {
          tableName,
          parameters: { Key, ConsistentRead: true },
        });
        if (isDeepStrictEqual(Item, fromStoredItem(toStoredItem(parameters.Item))))
          return { ResponseMetadata };
      }
      throw new Problem(
        'conflict',
        'An item with this id is there already, or the ConditionExpression does not hold for it.',
      );
    },
  );
}
