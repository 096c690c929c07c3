import * as z from 'zod/mini';
import type { Parameters } from '../../operations/parameters';
import { type Action, updateActions } from '../../operations/update-expression';
import { Problem, type Violation } from '../../shared/http/problem';
import { validate } from '../../shared/http/validate';
import { requiredAttributes } from './order';

const schemas = new Map<unknown, z.ZodMiniType>(Object.entries(requiredAttributes));

/**
 * Refuses an update that could leave an order invalid: a required attribute can be set to a valid `:value` and to
 * nothing else, since only the table knows what arithmetic, functions and other attributes come to.
 *
 * @throws {Problem} `invalid-request`
 */
export function refuseInvalidUpdate(parameters: Parameters<'update'>): void {
  const actions = updateActions(parameters);
  if (typeof actions === 'string') throw new Problem('invalid-request', actions);
  const touching = actions.filter(({ path }) => schemas.has(path[0]));
  const errors = touching.flatMap(forbiddenForm);
  if (errors.length > 0) {
    throw new Problem('invalid-request', 'The update could leave the order invalid.', { errors });
  }
  const ExpressionAttributeValues = z.looseObject(valueSchemas(touching));
  validate(z.object({ payload: z.object({ ExpressionAttributeValues }) }), {
    payload: { ExpressionAttributeValues: {}, ...parameters },
  });
}

function forbiddenForm(action: Action): Violation[] {
  if (action.type === 'set' && action.path.length === 1 && action.value.type === 'value') return [];
  const message = `may do no more with ${action.path[0]} than SET it to a :value; every order has it`;
  return [{ path: 'payload.UpdateExpression', message }];
}

/** What each placeholder has to be, for every attribute that is set to it. */
function valueSchemas(actions: readonly Action[]): Record<string, z.ZodMiniType> {
  const byPlaceholder: Record<string, z.ZodMiniType> = {};
  for (const action of actions) {
    const schema = schemas.get(action.path[0]);
    if (!schema || action.type !== 'set' || action.value.type !== 'value') continue;
    const name = action.value.value;
    const other = byPlaceholder[name];
    byPlaceholder[name] = other ? z.intersection(other, schema) : schema;
  }
  return byPlaceholder;
}
