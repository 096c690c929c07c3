import * as z from 'zod/mini';
import type { HttpRequest } from '../../shared/http';
import { jsonBody } from '../../shared/json-body';
import { validate } from '../../shared/validate';
import { itemFields } from '../contract';

/**
 * What the request's body says of an item.
 * @throws {Problem} as `jsonBody` does, and `invalid-request` naming each field that is not right
 */
export function itemBody(request: HttpRequest): z.output<typeof itemFields> {
  return validate(itemFields, jsonBody(request, { takesText }));
}

function takesText(path: string): boolean {
  const field = new Map<string, z.ZodMiniType>(Object.entries(itemFields.shape)).get(path);
  return field !== undefined && z.safeParse(field, 'text').success;
}
