import type { Caller } from './caller';
import type { Context } from './context';
import type { DynamoDBError } from './errors';

/** One permission that a request needs. */
export interface Access {
  /** `dynamodb:PutItem` */
  readonly action: string;
  /** The ARN of a table, an index or a stream; `*` where there is none. */
  readonly resource: string;
  /**
   * What condition keys compare, where the request tells it.
   * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
   */
  readonly conditionKeys: {
    /** Of the items that are meant, as text. */
    readonly 'dynamodb:LeadingKeys'?: readonly string[];
    /** Top-level attributes that are named. */
    readonly 'dynamodb:Attributes'?: readonly string[];
    readonly 'dynamodb:Select'?: string;
    readonly 'dynamodb:ReturnValues'?: string;
    readonly 'dynamodb:ReturnConsumedCapacity'?: string;
  };
}

/**
 * Decides whether a caller may do what a request asks for.
 * @param operation `PutItem`
 * @returns undefined when it may; else the error that it gets
 */
export type Authorize = (
  caller: Caller,
  accesses: readonly Access[],
  operation: string,
) => DynamoDBError | undefined;

/** What a request needs permission for, before it is known to be valid. */
export function requiredAccess(operation: string, _request: unknown, _context: Context): Access[] {
  return [{ action: `dynamodb:${operation}`, resource: '*', conditionKeys: {} }];
}
