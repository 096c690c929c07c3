import { DynamoDBError } from 'dynamodb-offline';
import { isObject } from '../is-object';

/** One operation that a client has called, and what came of it. */
export interface DatabaseCall {
  /** `PutItem` */
  readonly operation: string;
  /** By their names. */
  readonly tables: readonly string[];
  /** Of the invocation that called it; undefined when the client names none. */
  readonly traceId: string | undefined;
  readonly milliseconds: number;
  readonly status: number;
  /** `ConditionalCheckFailedException: The conditional request failed` */
  readonly error: string | undefined;
}

/** Told of each call. Never throws. */
export type Called = (call: DatabaseCall) => void;

/** The names of the tables that a request is about, as far as it names them. */
export function tablesIn(request: unknown): string[] {
  if (!isObject(request)) return [];
  const { TableName, RequestItems, TransactItems, StreamArn } = request;
  const named = [
    TableName ?? StreamArn,
    ...(isObject(RequestItems) ? Object.keys(RequestItems) : []),
    ...(Array.isArray(TransactItems) ? TransactItems.flatMap(tablesOfItem) : []),
  ];
  return [...new Set(named.filter((name) => typeof name === 'string').map(withoutArn))];
}

function tablesOfItem(item: unknown): unknown[] {
  return isObject(item) ? Object.values(item).map((one) => isObject(one) && one.TableName) : [];
}

function withoutArn(name: string): string {
  return /^arn:.*:table\/([^/]+)/.exec(name)?.[1] ?? name;
}

/** The status of an answer that is this error, and what it says. */
export function failureOf(error: unknown): Pick<DatabaseCall, 'status' | 'error'> {
  if (!(error instanceof DynamoDBError)) return { status: 500, error: String(error) };
  return { status: error.status, error: `${error.name}: ${error.message}` };
}
