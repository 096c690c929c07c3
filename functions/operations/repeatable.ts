import { isDeepStrictEqual } from 'node:util';
import type { Parameters } from './parameters';
import { Placeholder, updateSections, type UpdateSection } from './update-expression';

/**
 * Whether a write leaves the item, and answers, the second time as it did the first: the SDK sends it again when an
 * answer is lost.
 */
export function isRepeatable({ ConditionExpression, ReturnValues }: Write): boolean {
  return ConditionExpression === undefined && ReturnValues !== 'ALL_OLD' && ReturnValues !== 'UPDATED_OLD';
}

/** As `isRepeatable`, for an update: arithmetic, `list_append`, copies and list indexes are not. */
export function isRepeatableUpdate(parameters: Parameters<'update'>): boolean {
  const sections = updateSections(parameters);
  return isRepeatable(parameters) && typeof sections !== 'string' && sections.every(leavesTheSame);
}

interface Write {
  readonly ConditionExpression?: string | undefined;
  readonly ReturnValues?: string | undefined;
}

function leavesTheSame(section: UpdateSection): boolean {
  // An index moves when an element before it goes, and appends when there is no such element.
  if (section.path.some((step) => typeof step === 'number')) return false;
  if (section.type === 'set') return isConstant(section);
  return section.type === 'remove' || section.type === 'delete';
}

function isConstant({ path, val }: Extract<UpdateSection, { type: 'set' }>): boolean {
  if (val instanceof Placeholder) return true;
  if (!('type' in val) || val.type !== 'function' || val.name !== 'if_not_exists') return false;
  const [existing, otherwise] = val.args;
  return otherwise instanceof Placeholder && isDeepStrictEqual(existing, path);
}
