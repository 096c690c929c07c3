import type { AttributeValue, Item } from '../../../../packages/dynamodb-offline/attribute-value';
import { conditionHolds } from '../../../../packages/dynamodb-offline/evaluation/condition';
import { project } from '../../../../packages/dynamodb-offline/evaluation/projection';
import { applyUpdate, type Updated } from '../../../../packages/dynamodb-offline/evaluation/update';
import { wireValues } from '../../../../packages/dynamodb-offline/evaluation/wire-values';
import {
  parseCondition,
  parseProjection,
  parseUpdate,
  Placeholders,
} from '../../../../packages/dynamodb-offline/expressions';

/** `:names` are those of the values. */
function placeholders(values: Readonly<Record<string, AttributeValue>>): Placeholders<AttributeValue> {
  const ExpressionAttributeValues = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`:${name}`, value]),
  );
  return new Placeholders({ ExpressionAttributeValues }, wireValues);
}

export function holds(text: string, item: Item | undefined, values: Item = {}): boolean {
  return conditionHolds(parseCondition('ConditionExpression', text, placeholders(values)), item);
}

/** The update of an item, whose key is `id` when there was none. */
export function update(text: string, before: Item | undefined, values: Item = {}): Updated {
  return applyUpdate(parseUpdate(text, placeholders(values)), before, { id: { S: '1' } });
}

export function projected(text: string, item: Item): Item {
  return project(parseProjection(text, placeholders({})), item);
}

export const S = (...texts: string[]): AttributeValue[] => texts.map((text) => ({ S: text }));
export const N = (number: number | string): AttributeValue => ({ N: String(number) });
