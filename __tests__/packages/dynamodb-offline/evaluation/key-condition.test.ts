import type { Item } from '../../../../packages/dynamodb-offline/attribute-value';
import { validation } from '../../../../packages/dynamodb-offline/errors';
import { keyConditions } from '../../../../packages/dynamodb-offline/evaluation/key-condition';
import { wireValues } from '../../../../packages/dynamodb-offline/evaluation/wire-values';
import { parseKeyCondition, Placeholders } from '../../../../packages/dynamodb-offline/expressions';
import { keySchemaOf, type KeySchema } from '../../../../packages/dynamodb-offline/tables/key-schema';

const id = { AttributeName: 'id', KeyType: 'HASH' } as const;
const sk = { AttributeName: 'sk', KeyType: 'RANGE' } as const;
const sortedBy = (AttributeType: 'S' | 'N') =>
  keySchemaOf(
    [id, sk],
    [
      { AttributeName: 'id', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType },
    ],
  );
const hashOnly = keySchemaOf([id], [{ AttributeName: 'id', AttributeType: 'S' }]);
const both = sortedBy('N');
const texts = sortedBy('S');

const values: Item = {
  ':s': { S: 'a' },
  ':t': { S: 'b' },
  ':n': { N: '1' },
  ':n2': { N: '2' },
  ':e': { S: '' },
  ':b': { B: '' },
  ':l': { L: [] },
};

function conditions(text: string, schema: KeySchema) {
  const condition = parseKeyCondition(
    text,
    new Placeholders({ ExpressionAttributeValues: values }, wireValues),
  );
  return keyConditions(condition, schema);
}

const hash = [{ S: 'a' }];

test.each([
  ['id = :s', hashOnly, { hash }],
  ['id = :s', both, { hash }],
  ['id = :s AND sk = :n', both, { hash, range: { operator: '=', value: { N: '1' } } }],
  ['sk = :n AND id = :s', both, { hash, range: { operator: '=', value: { N: '1' } } }],
  ['id = :s AND :n < sk', both, { hash, range: { operator: '>', value: { N: '1' } } }],
  ['id = :s AND sk <= :n', both, { hash, range: { operator: '<=', value: { N: '1' } } }],
  [
    'id = :s AND sk BETWEEN :n AND :n2',
    both,
    { hash, range: { operator: 'between', lower: { N: '1' }, upper: { N: '2' } } },
  ],
  [
    'begins_with(sk, :t) AND :s = id',
    texts,
    { hash, range: { operator: 'begins_with', prefix: { S: 'b' } } },
  ],
  ['id = :s AND begins_with(sk, :e)', texts, { hash, range: { operator: 'begins_with', prefix: { S: '' } } }],
])('%s', (text, schema, expected) => {
  expect(conditions(text, schema)).toEqual({ ...expected, leading: [] });
});

const missing = (name: string) => `Query condition missed key schema element: ${name}`;
const notSupported = 'Query key condition not supported';
const tooMany = 'Invalid KeyConditionExpression: Conditions can be of length 1 or 2 only';
const type = 'One or more parameter values were invalid: Condition parameter type does not match schema type';
const empty = (name: string) =>
  `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: ${name}`;

// As dynalite 4 has them, but for empty keys.
test.each([
  ['a = :s', hashOnly, missing('id')],
  ['sk = :n', both, missing('id')],
  ['a = :s AND b = :s', both, missing('id')],
  ['begins_with(sk, :s)', texts, missing('id')],
  ['id = :s AND a = :s', both, missing('sk')],
  ['id = :s AND a = :s', hashOnly, notSupported],
  ['id = :s AND sk = :n AND a = :s', both, tooMany],
  ['id > :s', hashOnly, notSupported],
  ['begins_with(id, :s)', hashOnly, notSupported],
  ['id BETWEEN :s AND :t', both, notSupported],
  ['id > :s AND sk = :n', both, notSupported],
  ['id > :s AND a = :s', both, notSupported],
  ['id = :n', hashOnly, type],
  ['id > :n', hashOnly, type],
  ['id = :n AND a = :s', both, type],
  ['id = :n AND a = :s', hashOnly, notSupported],
  ['id = :s AND sk = :s', both, type],
  ['id = :s AND sk BETWEEN :s AND :t', both, type],
  ['id = :s AND begins_with(sk, :b)', texts, type],
  ['id = :l', hashOnly, type],
  ['id = :e', hashOnly, empty('id')],
  ['id = :s AND sk >= :e', texts, empty('sk')],
])('%s is refused', (text, schema, message) => {
  expect(() => conditions(text, schema)).toThrow(validation(message));
});
