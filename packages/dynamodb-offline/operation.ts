import type { Context } from './context';
import { validation } from './errors';
import { ExpressionError } from './expressions';
import { parseRequest } from './validation/request';
import type { StructureShape, ValueOf } from './validation/shape';

/** An operation of the API: takes the request's JSON (and may change it), gives the answer's; throws DynamoDBError. */
export type Operation = (context: Context, json: unknown) => Promise<object>;

/**
 * Joins what a request looks like with what is done about it.
 * @param first what DynamoDB checks before the constraints of the shape
 */
export function operation<const S extends StructureShape>(
  shape: S,
  run: (context: Context, request: ValueOf<S>) => object | Promise<object>,
  first?: (request: { readonly TableName?: string }) => void,
): Operation {
  return async (context, json) => {
    try {
      return await run(context, parseRequest(shape, json, first));
    } catch (error) {
      // What an expression cannot do to an item turns out when it is done.
      if (error instanceof ExpressionError) throw validation(error.message);
      throw error;
    }
  };
}
