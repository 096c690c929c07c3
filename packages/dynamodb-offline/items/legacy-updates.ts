import type { AttributeValue, Item } from '../attribute-value';
import { validation } from '../errors';
import type { Update, UpdateAction } from '../expressions/tree';
import { valueFault } from '../validation/attribute-value';
import { attributeValue, map, oneOf, structure, type ValueOf } from '../validation/shape';
import { typeOf } from './keys';
import { refusal, type Refuse } from './parameters';

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_AttributeValueUpdate.html */
export const attributeUpdates = map(
  structure('AttributeValueUpdate', {
    Action: oneOf('ADD', 'PUT', 'DELETE'),
    Value: attributeValue,
  }),
);

type AttributeUpdates = ValueOf<typeof attributeUpdates>;

const invalid = 'One or more parameter values were invalid: ';
const addable = ['L', 'SS', 'NS', 'BS', 'N'];
const deletable = ['SS', 'NS', 'BS'];

/** Refuses wrong `AttributeUpdates`. */
export function checkAttributeUpdates(legacy: AttributeUpdates | undefined, refuse: Refuse): void {
  for (const { Action = 'PUT', Value } of Object.values(legacy ?? {})) {
    if (!Value) {
      if (Action === 'DELETE') continue;
      throw refuse(`${invalid}Only DELETE action is allowed when no attribute value is specified`);
    }
    const fault = valueFault(Value);
    if (fault) throw refusal(fault, refuse);
    const type = typeOf(Value);
    if (Action === 'DELETE' && !deletable.includes(type)) {
      throw refuse(`${invalid}DELETE action with value is not supported for the type ${type}`);
    }
    if (Action === 'ADD' && !addable.includes(type)) {
      throw refuse(`${invalid}ADD action is not supported for the type ${type}`);
    }
  }
}

/** Refuses to add to, or to delete from, a value of another type: what DynamoDB says of it when it has read the item. */
export function refuseOtherTypes(legacy: AttributeUpdates | undefined, before: Item | undefined): void {
  for (const [name, { Action, Value }] of Object.entries(legacy ?? {})) {
    const value = before?.[name];
    if (!value || !Value || Action === undefined || Action === 'PUT') continue;
    if (typeOf(value) !== typeOf(Value)) throw validation('Type mismatch for attribute to update');
  }
}

/**
 * `AttributeUpdates` as the actions of an update expression.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.AttributeUpdates.html
 */
export function legacyUpdate(legacy: AttributeUpdates | undefined): Update<AttributeValue> {
  return Object.entries(legacy ?? {}).map(
    ([name, { Action = 'PUT', Value }]): UpdateAction<AttributeValue> => {
      const path = [name] as const;
      if (!Value) return { type: 'remove', path };
      if (Action === 'DELETE') return { type: 'delete', path, value: Value };
      const operand = { type: 'value', value: Value } as const;
      if (Action === 'PUT') return { type: 'set', path, value: operand };
      if (!('L' in Value)) return { type: 'add', path, value: Value };
      // Unlike an update expression's ADD, this one adds to lists too.
      const empty = { type: 'value', value: { L: [] } } as const;
      const first = { type: 'if_not_exists', path, otherwise: empty } as const;
      return { type: 'set', path, value: { type: 'list_append', first, second: operand } };
    },
  );
}
