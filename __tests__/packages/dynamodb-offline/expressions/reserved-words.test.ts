import { isReserved } from '../../../../packages/dynamodb-offline/expressions';

// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ReservedWords.html, misspelled words as they are there
test.each([
  'ABORT',
  'ZONE',
  'FLATTERN',
  'STATUS',
  'name',
  'Timestamp',
  'data',
  'TTL',
  'UUID',
  'items',
  'hash',
  'year',
])('%s is reserved', (word) => {
  expect(isReserved(word)).toBe(true);
});

test.each(['id', 'price', 'product', 'email', 'pk', 'sk', 'customer', 'FLATTEN', 'order_date'])(
  '%s is not',
  (word) => {
    expect(isReserved(word)).toBe(false);
  },
);
