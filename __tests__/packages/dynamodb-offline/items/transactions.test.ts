import { ClientTokens } from '../../../../packages/dynamodb-offline/items/transactions';

const minute = 60_000;

// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html#DDB-TransactWriteItems-request-ClientRequestToken
describe('a client token', () => {
  let now = 0;
  let runs = 0;
  const run = async () => Promise.resolve(++runs);

  beforeEach(() => {
    now = 0;
    runs = 0;
  });

  it('lasts ten minutes from when its request was made', async () => {
    const tokens = new ClientTokens(() => now);
    const once = () => tokens.once('write', 'token', { a: 1 }, run);
    expect(await once()).toEqual({ result: 1, isRepeated: false });
    now = 6 * minute;
    expect(await tokens.once('write', 'another', {}, run)).toEqual({ result: 2, isRepeated: false });
    expect(await once()).toEqual({ result: 1, isRepeated: true });
    now = 10 * minute - 1;
    expect(await once()).toEqual({ result: 1, isRepeated: true });
    now = 10 * minute;
    expect(await once()).toEqual({ result: 3, isRepeated: false });
    expect(await tokens.once('write', 'another', {}, run)).toEqual({ result: 2, isRepeated: true });
  });

  it('stands for one request, however its members are ordered, of one operation', async () => {
    const tokens = new ClientTokens(() => now);
    const once = (request: object, scope = 'write') => tokens.once(scope, 'token', request, run);
    await once([{ a: { b: 1, c: [1, 2] } }]);
    expect(await once([{ a: { c: [1, 2], b: 1 } }])).toMatchObject({ isRepeated: true });
    await expect(once([{ a: { b: 1, c: [2, 1] } }])).rejects.toMatchObject({
      name: 'IdempotentParameterMismatchException',
    });
    expect(await once([], 'execute')).toEqual({ result: 2, isRepeated: false });
  });

  it('is free again when its request fails', async () => {
    const tokens = new ClientTokens(() => now);
    const fail = async () => Promise.reject(new Error('no'));
    await expect(tokens.once('write', 'token', {}, fail)).rejects.toThrow('no');
    expect(await tokens.once('write', 'token', { other: true }, run)).toEqual({
      result: 1,
      isRepeated: false,
    });
  });
});
