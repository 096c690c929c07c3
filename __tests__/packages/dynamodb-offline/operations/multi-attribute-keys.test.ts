import { useDatabase } from '../database';

const db = useDatabase();

// The example of the developer guide:
// https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.DesignPattern.MultiAttributeKeys.html
const TableName = 'TournamentMatches';
const hash = (AttributeName: string) => ({ AttributeName, KeyType: 'HASH' });
const range = (AttributeName: string) => ({ AttributeName, KeyType: 'RANGE' });
const text = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' });

const table = (indexes: Readonly<Record<string, object[]>>, attributes: readonly string[]) => ({
  TableName,
  KeySchema: [hash('matchId')],
  AttributeDefinitions: ['matchId', ...attributes].map(text),
  BillingMode: 'PAY_PER_REQUEST',
  GlobalSecondaryIndexes: Object.entries(indexes).map(([IndexName, KeySchema]) => ({
    IndexName,
    KeySchema,
    Projection: { ProjectionType: 'ALL' },
  })),
});

const MATCHES: readonly (readonly [string, string, string, string, string])[] = [
  ['match-001', 'WINTER2024', 'NA-EAST', 'FINALS', 'CHAMPIONSHIP'],
  ['match-002', 'WINTER2024', 'NA-EAST', 'SEMIFINALS', 'UPPER'],
  ['match-003', 'WINTER2024', 'NA-EAST', 'SEMIFINALS', 'LOWER'],
  ['match-004', 'WINTER2024', 'NA-WEST', 'QUARTERFINALS', 'UPPER'],
  ['match-005', 'SPRING2024', 'NA-EAST', 'FINALS', 'CHAMPIONSHIP'],
  // Its two attributes of the partition key, put one behind the other, read as those of another one.
  ['match-006', 'WINTER2024NA', '-EAST', 'FINALS', 'CHAMPIONSHIP'],
];

const IndexName = 'TournamentRegionIndex';

beforeAll(async () => {
  const keys = [hash('tournamentId'), hash('region'), range('round'), range('bracket')];
  await db.ok('CreateTable', table({ [IndexName]: keys }, ['tournamentId', 'region', 'round', 'bracket']));
  for (const [matchId, tournamentId, region, round, bracket] of MATCHES) {
    const named = { matchId, tournamentId, region, round, bracket };
    const Item = Object.fromEntries(Object.entries(named).map(([name, S]) => [name, { S }]));
    await db.ok('PutItem', { TableName, Item });
  }
  // It lacks one attribute of the index's key, so it is not in it.
  const Item = { matchId: { S: 'match-007' }, tournamentId: { S: 'WINTER2024' }, region: { S: 'NA-EAST' } };
  await db.ok('PutItem', { TableName, Item: { ...Item, round: { S: 'FINALS' } } });
});

const VALUES = { ':t': 'WINTER2024', ':r': 'NA-EAST', ':o': 'SEMIFINALS', ':b': 'UPPER', ':s': 'SEMI' };

function query(KeyConditionExpression: string, more: object = {}) {
  const used = Object.entries(VALUES).filter(([name]) => KeyConditionExpression.includes(name));
  return {
    TableName,
    IndexName,
    KeyConditionExpression: KeyConditionExpression.replaceAll('region', '#region'),
    ...(KeyConditionExpression.includes('region') && { ExpressionAttributeNames: { '#region': 'region' } }),
    ExpressionAttributeValues: Object.fromEntries(used.map(([name, S]) => [name, { S }])),
    ...more,
  };
}

const idsOf = (answer: Record<string, unknown>) =>
  (answer.Items as { matchId: { S: string } }[]).map(({ matchId }) => matchId.S);

const PARTITION = 'tournamentId = :t AND region = :r';

it.each([
  [PARTITION, ['match-001', 'match-003', 'match-002']],
  [`${PARTITION} AND round = :o`, ['match-003', 'match-002']],
  [`region = :r AND round = :o AND bracket = :b AND tournamentId = :t`, ['match-002']],
  [`${PARTITION} AND round = :o AND bracket > :b`, []],
  [`${PARTITION} AND round = :o AND bracket <= :b`, ['match-003', 'match-002']],
  [`${PARTITION} AND begins_with(round, :s)`, ['match-003', 'match-002']],
  [`${PARTITION} AND round < :o`, ['match-001']],
])('%s finds the rows in the order of all attributes of the sort key', async (condition, ids) => {
  expect(idsOf(await db.ok('Query', query(condition)))).toEqual(ids);
  expect(idsOf(await db.ok('Query', query(condition, { ScanIndexForward: false })))).toEqual(
    ids.toReversed(),
  );
});

it.each([
  ['tournamentId = :t', 'Query condition missed key schema element: region'],
  ['tournamentId = :t AND region > :r', 'Query key condition not supported'],
  [`${PARTITION} AND bracket = :b`, 'Query condition missed key schema element: round'],
  [`${PARTITION} AND round > :o AND bracket = :b`, 'Query key condition not supported'],
])('%s is refused', async (condition, message) => {
  expect(await db.refusal('Query', query(condition))).toBe(`ValidationException: ${message}`);
});

it.each([true, false])('pages through every row once, forward: %s', async (ScanIndexForward) => {
  const ids: string[] = [];
  let ExclusiveStartKey: unknown;
  do {
    const page = await db.ok('Query', query(PARTITION, { Limit: 1, ScanIndexForward, ExclusiveStartKey }));
    ids.push(...idsOf(page));
    ExclusiveStartKey = page.LastEvaluatedKey;
    if (ExclusiveStartKey !== undefined) {
      const names = ['bracket', 'matchId', 'region', 'round', 'tournamentId'];
      expect(Object.keys(ExclusiveStartKey as object).sort()).toEqual(names);
    }
  } while (ExclusiveStartKey !== undefined);
  const forward = ['match-001', 'match-003', 'match-002'];
  expect(ids).toEqual(ScanIndexForward ? forward : forward.toReversed());
});

it('has in the index what has all attributes of its key, and follows changes of each', async () => {
  const scanned = async () => idsOf(await db.ok('Scan', { TableName, IndexName })).sort();
  const all = MATCHES.map(([matchId]) => matchId);
  expect(await scanned()).toEqual(all);
  const change = (UpdateExpression: string, values?: object) =>
    db.ok('UpdateItem', {
      TableName,
      Key: { matchId: { S: 'match-005' } },
      UpdateExpression,
      ...(values && { ExpressionAttributeValues: values }),
    });
  await change('REMOVE bracket');
  expect(await scanned()).toEqual(all.filter((id) => id !== 'match-005'));
  await change('SET bracket = :b, tournamentId = :t', { ':b': { S: 'A' }, ':t': { S: 'WINTER2024' } });
  expect(idsOf(await db.ok('Query', query(PARTITION)))).toEqual([
    'match-005',
    'match-001',
    'match-003',
    'match-002',
  ]);
});

it('reads such an index by PartiQL', async () => {
  const Statement = `SELECT matchId FROM "${TableName}"."${IndexName}" WHERE tournamentId = 'WINTER2024' AND "region" = 'NA-WEST'`;
  expect(idsOf(await db.ok('ExecuteStatement', { Statement }))).toEqual(['match-004']);
});

it.each([
  ['five attributes of a partition key', ['a', 'b', 'c', 'd', 'e'].map(hash)],
  ['a partition key behind a sort key', [hash('a'), range('b'), hash('c')]],
  ['an attribute twice', [hash('a'), hash('b'), range('a')]],
])('refuses %s', async (_what, keys) => {
  const names = [...new Set(keys.map(({ AttributeName }) => AttributeName))];
  const request = { ...table({ byKeys: keys }, names), TableName: 'Refused' };
  expect(await db.refusal('CreateTable', request)).toMatch(/^ValidationException: Invalid KeySchema: /);
});
