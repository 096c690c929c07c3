import type { infer as Infer, ZodMiniType } from 'zod/mini';
import type * as Orm from '../layer/items-orm';
import type { HttpRequest } from '../../shared/http/http';
import { jsonBody } from '../../shared/http/json-body';
import { validateWith } from '../../shared/http/validate-with';

/**
 * What the request's body says of an item.
 * @throws {Problem} as `jsonBody` does, and `invalid-request` naming each field that is not right
 */
export function itemBody(
  request: HttpRequest,
  { itemFields, safeParse }: typeof Orm,
): Infer<typeof Orm.itemFields> {
  const fields = new Map<string, ZodMiniType>(Object.entries(itemFields.shape));
  const takesText = (name: string) => {
    const field = fields.get(name);
    return field !== undefined && safeParse(field, 'text').success;
  };
  return validateWith(safeParse, itemFields, jsonBody(request, { takesText }));
}
