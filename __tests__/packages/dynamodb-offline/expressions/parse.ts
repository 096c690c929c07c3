import type { AttributeValue, Item } from '../../../../packages/dynamodb-offline/attribute-value';
import { wireValues } from '../../../../packages/dynamodb-offline/evaluation/wire-values';
import {
  ExpressionError,
  parseCondition,
  parseKeyCondition,
  parseProjection,
  parseUpdate,
  Placeholders,
} from '../../../../packages/dynamodb-offline/expressions';

/** Values of every type, under short names. */
export const VALUES: Item = {
  ':s': { S: 'a' },
  ':t': { S: 'b' },
  ':n': { N: '1' },
  ':n2': { N: '2' },
  ':b': { B: 'AAEC' },
  ':ss': { SS: ['a'] },
  ':ns': { NS: ['1'] },
  ':bs': { BS: ['AAEC'] },
  ':m': { M: {} },
  ':l': { L: [] },
  ':bool': { BOOL: false },
  ':null': { NULL: true },
};

const NAMES: Readonly<Record<string, string>> = { '#a': 'a', '#b': 'b', '#i': '[3]' };

function placeholders(values: Item = VALUES): Placeholders<AttributeValue> {
  return new Placeholders({ ExpressionAttributeNames: NAMES, ExpressionAttributeValues: values }, wireValues);
}

export const parse = {
  UpdateExpression: (text: string) => parseUpdate(text, placeholders()),
  ConditionExpression: (text: string) => parseCondition('ConditionExpression', text, placeholders()),
  FilterExpression: (text: string) => parseCondition('FilterExpression', text, placeholders()),
  KeyConditionExpression: (text: string) => parseKeyCondition(text, placeholders()),
  ProjectionExpression: (text: string) => parseProjection(text, placeholders()),
};

/** What DynamoDB says of an expression; undefined when it takes it. */
export function refusal(kind: keyof typeof parse, text: string): string | undefined {
  try {
    parse[kind](text);
    return undefined;
  } catch (error) {
    if (error instanceof ExpressionError) return error.message;
    throw error;
  }
}
