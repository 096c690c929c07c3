import { orderActions } from '../../../functions/order-api/domain/order-actions';
import type { Engine } from '../../../functions/operations/engine';
import { answered } from '../../fixtures/seeds/conversations';
import { startDynamoDB, type EmbeddedDynamoDB } from '../../support/dynamodb';
import { engineOnFreshTable, problemOf } from '../operations/support';

const order = { id: 'o1', product: 'Jacket', price: 78.89, order_date: '2024-11-04T10:30:00Z' };
const Key = { id: order.id };

let database: EmbeddedDynamoDB;
let operate: Engine;
beforeAll(async () => {
  database = await startDynamoDB();
});
beforeEach(async () => {
  operate = await engineOnFreshTable(database, orderActions);
});
afterAll(() => database.close());

const create = (Item: object, more: object = {}) =>
  operate({ operation: 'create', payload: { Item, ...more } });
const update = (payload: object) => operate({ operation: 'update', payload: { Key, ...payload } });
const stored = async () =>
  ((await operate({ operation: 'read', payload: { Key } })) as { Item?: unknown }).Item;
const pathsOf = async (outcome: Promise<unknown>) => {
  const { status, errors } = await problemOf(outcome);
  return [status, ...(errors ?? []).map(({ path }) => path)];
};

test('an order may have any further attributes', async () => {
  const Item = {
    ...order,
    gift: true,
    lines: [{ sku: 'a', count: 2 }],
    order_date: '2024-11-04T10:30:00.5+01:00',
  };
  expect(await create(Item)).toEqual(answered({}));
  expect(await stored()).toEqual(Item);
});

test.each([
  [{}, ['id', 'product', 'price', 'order_date']],
  [{ ...order, product: '' }, ['product']],
  [{ ...order, product: 7, price: '7' }, ['product', 'price']],
  [{ ...order, price: -0.01 }, ['price']],
  [{ ...order, price: null }, ['price']],
  [{ ...order, order_date: '2024-11-04' }, ['order_date']],
  [{ ...order, order_date: '2024-02-30T10:30:00Z' }, ['order_date']],
  [{ ...order, order_date: 'yesterday' }, ['order_date']],
  [{ ...order, id: 5 }, ['id']],
  [{ ...order, id: '' }, ['id']],
])('create refuses %j and names every violation', async (Item, attributes) => {
  expect(await pathsOf(create(Item))).toEqual([400, ...attributes.map((name) => `payload.Item.${name}`)]);
  expect(await operate({ operation: 'list' })).toMatchObject({ Count: 0 });
});

test('create overwrites no order', async () => {
  await create(order);
  expect(await problemOf(create({ ...order, price: 1 }))).toMatchObject({ status: 409, code: 'conflict' });
  expect(await stored()).toEqual(order);
});

test('create overwrites an order on a condition of the caller’s own', async () => {
  await create(order);
  const more = { ConditionExpression: 'price > :p', ExpressionAttributeValues: { ':p': 50 } };
  await create({ ...order, price: 1 }, more);
  expect(await stored()).toEqual({ ...order, price: 1 });
  expect(await problemOf(create(order, more))).toMatchObject({ status: 409 });
});

const v = (value: unknown) => ({ ExpressionAttributeValues: { ':v': value } });
const named = (name: string) => ({ ExpressionAttributeNames: { '#n': name } });

test.each([
  ['SET price = :v', v(0), { price: 0 }],
  ['SET #n = :v', { ...v('Coat'), ...named('product') }, { product: 'Coat' }],
  [
    'SET order_date = :v, note = :v',
    v('2025-01-01T00:00:00Z'),
    { order_date: '2025-01-01T00:00:00Z', note: '2025-01-01T00:00:00Z' },
  ],
  ['SET prices = :v REMOVE nothing', v(-1), { prices: -1 }],
  ['ADD stock :v', v(-5), { stock: -5 }],
  ['SET earlier = price', {}, { earlier: 78.89 }],
])('update does %s', async (UpdateExpression, more, changed) => {
  await create(order);
  expect(await update({ UpdateExpression, ...more, ReturnValues: 'ALL_NEW' })).toEqual(
    answered({ Attributes: { ...order, ...changed } }),
  );
});

test.each([
  ['SET price = price - :v', v(100)],
  ['SET price = :v - price', v(100)],
  ['set Price = :v, price=price+:v', v(-100)],
  ['SET #n = #n - :v', { ...v(100), ...named('price') }],
  ['SET price = (price - :v)', v(100)],
  ['SET price = if_not_exists(price, :v)', v(1)],
  ['SET price = list_append(price, :v)', v([1])],
  ['SET price = product', {}],
  ['SET price.amount = :v', v(1)],
  ['SET #n[0] = :v', { ...v(1), ...named('order_date') }],
  ['ADD price :v', v(-100)],
  ['DELETE product :v', v('x')],
  ['REMOVE product', {}],
  ['REMOVE note, #n', named('price')],
  ['REMOVE order_date.x', {}],
  ['SET a = :v REMOVE\n\tproduct', v(1)],
])('update refuses %s: the order could become invalid', async (UpdateExpression, more) => {
  await create(order);
  expect(await pathsOf(update({ UpdateExpression, ...more }))).toEqual([400, 'payload.UpdateExpression']);
  expect(await stored()).toEqual(order);
});

test.each([
  ['SET price = :v', -1],
  ['SET price = :v', '5'],
  ['SET product = :v', ''],
  ['SET product = :v', null],
  ['SET order_date = :v', '2024-13-01T00:00:00Z'],
  ['SET product = :v, order_date = :v', 'Coat'],
  ['SET product = :v, price = :v', 5],
])('update refuses %s to %j', async (UpdateExpression, value) => {
  await create(order);
  const [status, ...paths] = await pathsOf(update({ UpdateExpression, ...v(value) }));
  expect([status, ...new Set(paths)]).toEqual([400, 'payload.ExpressionAttributeValues[":v"]']);
  expect(await stored()).toEqual(order);
});

test.each([
  ['SET price :v'],
  ['SET price = :w'],
  ['price = :v'],
  ['SET #x = :v'],
  ['SET a = :v SET b = :v'],
  [''],
])('update explains the broken expression %j', async (UpdateExpression) => {
  await create(order);
  expect(await problemOf(update({ UpdateExpression, ...v(1) }))).toMatchObject({
    status: 400,
    detail: expect.stringContaining('Invalid UpdateExpression') as string,
  });
});

test.each([
  [{}],
  [{ UpdateExpression: 'SET note = :v', ...v(1) }],
  [{ UpdateExpression: 'SET note = :v', ConditionExpression: 'attribute_not_exists(note)', ...v(1) }],
])('update of an absent order by %j is 404, and makes none', async (payload) => {
  expect(await problemOf(update(payload))).toMatchObject({ status: 404, code: 'not-found' });
  expect(await stored()).toBeUndefined();
});

test.each([['price > :v'], ['(price > :v)'], ['price > :v OR price > :v'], ['(price > :v) OR (price > :v)']])(
  'update on the condition %s is a conflict when it does not hold',
  async (ConditionExpression) => {
    await create(order);
    const UpdateExpression = 'SET price = :v';
    await update({ UpdateExpression, ConditionExpression, ...v(1) });
    const again = update({ UpdateExpression, ConditionExpression, ...v(1) });
    expect(await problemOf(again)).toMatchObject({ status: 409, code: 'conflict' });
  },
);

test('no condition talks its way past the order that must exist', async () => {
  const payload = {
    UpdateExpression: 'SET note = :v',
    ConditionExpression: 'note = :v) OR (attribute_not_exists(note)',
    ...v(1),
  };
  expect(await pathsOf(update(payload))).toEqual([400, 'payload.ConditionExpression']);
  expect(await stored()).toBeUndefined();
});
