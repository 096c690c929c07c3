import type { Context } from './context';
import { parseRequest } from './validation/request';
import type { StructureShape, ValueOf } from './validation/shape';

/** An operation of the API: takes the request's JSON (and may change it), gives the answer's; throws DynamoDBError. */
export type Operation = (context: Context, json: unknown) => object | Promise<object>;

/** Joins what a request looks like with what is done about it. */
export function operation<const S extends StructureShape>(
  shape: S,
  run: (context: Context, request: ValueOf<S>) => object | Promise<object>,
): Operation {
  return (context, json) => run(context, parseRequest(shape, json));
}
