import { checkConstraints } from './constraints';
import { deserialize } from './serialization';
import type { StructureShape, ValueOf } from './shape';

/**
 * Reads the JSON of a request as its shape: first the JSON types (SerializationException), then the constraints
 * (ValidationException, several at once). What the operation itself refuses comes after. Changes `json` in place.
 */
export function parseRequest<const S extends StructureShape>(
  shape: S,
  json: unknown,
  first?: (request: { readonly TableName?: string }) => void,
): ValueOf<S> {
  const request = deserialize(shape, json);
  first?.(request as { readonly TableName?: string });
  checkConstraints(shape, request);
  return request as ValueOf<S>;
}
