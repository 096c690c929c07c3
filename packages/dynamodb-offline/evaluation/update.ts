import type { AttributeValue, Item } from '../attribute-value';
import { validation } from '../errors';
import type { SetOperand, SetValue, Update, UpdateAction } from '../expressions';
import { identityOf, membersOf, typeOf } from './compare';
import { edit } from './edit';
import { addNumbers, subtractNumbers } from './number';
import { valueAt } from './paths';
import { assemble } from './projection';

export interface Updated {
  readonly item: Item;
  /** What is at the paths that the update names, before and after: `UPDATED_OLD` and `UPDATED_NEW`. */
  readonly touched: { readonly before: Item; readonly after: Item };
}

/**
 * The item after an update. Every action reads the item as it was before, its key included when there was none, so that the
 * order of actions makes no difference and list indexes are those before the update.
 *
 * @throws {DynamoDBError} a ValidationException when the item has not what the update reads or changes
 */
export function applyUpdate(update: Update<AttributeValue>, before: Item | undefined, key: Item): Updated {
  const base = before ?? key;
  const edits = update.map((action) => ({ path: action.path, value: valueAfter(action, base) }));
  // DynamoDB refuses to remove from a document that an item does not have, but not when there is no item.
  const effective = before
    ? edits
    : edits.filter(({ path, value }) => value !== undefined || path.length === 1);
  const placed = update.map(({ path }) => ({ path, value: valueAt(base, path) }));
  return { item: edit(base, effective), touched: { before: assemble(placed), after: assemble(edits) } };
}

/** @throws {DynamoDBError} a ValidationException when an update changes a key */
export function refuseKeyUpdates(update: Update<AttributeValue>, keyNames: readonly string[]): void {
  const [name] = update.find(({ path }) => keyNames.includes(path[0]))?.path ?? [];
  if (name === undefined) return;
  throw validation(
    `One or more parameter values were invalid: Cannot update attribute ${name}. This attribute is part of the key`,
  );
}

/** What an action leaves at its path; nothing when it removes what is there. */
function valueAfter(action: UpdateAction<AttributeValue>, base: Item): AttributeValue | undefined {
  const current = valueAt(base, action.path);
  switch (action.type) {
    case 'set':
      return setValue(action.value, base);
    case 'remove':
      return undefined;
    case 'add':
      return current === undefined ? action.value : sum(current, action.value);
    case 'delete':
      return current && difference(current, action.value);
  }
}

function setValue(value: SetValue<AttributeValue>, base: Item): AttributeValue {
  if (!('left' in value)) return operandValue(value, base);
  const [left, right] = [operandValue(value.left, base), operandValue(value.right, base)];
  if (!('N' in left && 'N' in right)) throw wrongDataType();
  const calculate = value.type === '+' ? addNumbers : subtractNumbers;
  return { N: calculate(left.N, right.N) };
}

function operandValue(operand: SetOperand<AttributeValue>, base: Item): AttributeValue {
  switch (operand.type) {
    case 'value':
      return operand.value;
    case 'path':
      return existing(valueAt(base, operand.path));
    case 'if_not_exists':
      return valueAt(base, operand.path) ?? operandValue(operand.otherwise, base);
    case 'list_append': {
      const [first, second] = [operandValue(operand.first, base), operandValue(operand.second, base)];
      if (!('L' in first && 'L' in second)) throw wrongDataType();
      return { L: [...first.L, ...second.L] };
    }
  }
}

function existing(value: AttributeValue | undefined): AttributeValue {
  if (value !== undefined) return value;
  throw validation('The provided expression refers to an attribute that does not exist in the item');
}

function sum(current: AttributeValue, added: AttributeValue): AttributeValue {
  if ('N' in current && 'N' in added) return { N: addNumbers(current.N, added.N) };
  const [members, more] = membersOfOneType(current, added);
  const known = new Set(members.map(identityOf));
  return setOf(current, [...members, ...more.filter((member) => !known.has(identityOf(member)))]);
}

/** A set that loses its last member is no set any more. */
function difference(current: AttributeValue, removed: AttributeValue): AttributeValue | undefined {
  const [members, gone] = membersOfOneType(current, removed);
  const unwanted = new Set(gone.map(identityOf));
  const left = members.filter((member) => !unwanted.has(identityOf(member)));
  return left.length > 0 ? setOf(current, left) : undefined;
}

function membersOfOneType(one: AttributeValue, two: AttributeValue): [AttributeValue[], AttributeValue[]] {
  const [members, others] = [membersOf(one), membersOf(two)];
  if (!members || !others || typeOf(one) !== typeOf(two)) throw wrongDataType();
  return [members, others];
}

function setOf(like: AttributeValue, members: readonly AttributeValue[]): AttributeValue {
  const texts = members.map(identityOf);
  if ('SS' in like) return { SS: texts };
  return 'NS' in like ? { NS: texts } : { BS: texts };
}

function wrongDataType(): Error {
  return validation('An operand in the update expression has an incorrect data type');
}
