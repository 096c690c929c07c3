import { isDeepStrictEqual } from 'node:util';
import type { Parameters } from './parameters';
import { type Action, updateActions } from './update-expression';

/**
 * Whether a write leaves the item, and answers, the second time as it did the first: the SDK sends it again when an
 * answer is lost.
 */
export function isRepeatable({ ConditionExpression, ReturnValues }: Write): boolean {
  return ConditionExpression === undefined && ReturnValues !== 'ALL_OLD' && ReturnValues !== 'UPDATED_OLD';
}

/** As `isRepeatable`, for an update: arithmetic, `list_append`, copies and list indexes are not. */
export function isRepeatableUpdate(parameters: Parameters<'update'>): boolean {
  const actions = updateActions(parameters);
  return isRepeatable(parameters) && typeof actions !== 'string' && actions.every(leavesTheSame);
}

interface Write {
  readonly ConditionExpression?: string | undefined;
  readonly ReturnValues?: string | undefined;
}

function leavesTheSame(action: Action): boolean {
  // An index moves when an element before it goes, and appends when there is no such element.
  if (action.path.some((step) => typeof step === 'number')) return false;
  if (action.type === 'set') return isConstant(action);
  return action.type === 'remove' || action.type === 'delete';
}

function isConstant({ path, value }: Extract<Action, { type: 'set' }>): boolean {
  if (value.type === 'value') return true;
  return (
    value.type === 'if_not_exists' && value.otherwise.type === 'value' && isDeepStrictEqual(value.path, path)
  );
}
