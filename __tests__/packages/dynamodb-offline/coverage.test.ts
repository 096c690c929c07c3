import * as tables from '@aws-sdk/client-dynamodb';
import * as streams from '@aws-sdk/client-dynamodb-streams';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../../tools/project-root';
import { useDatabase } from './database';

const db = useDatabase();

const readme = readFileSync(path.join(projectRoot, 'packages/dynamodb-offline/README.md'), 'utf8');

/** The rows of the README's table: the operations as it names them, with `…` for any letters, and what it says of them. */
const rows = Array.from(
  readme.matchAll(/^\| (\S.*?) +\| (yes|no) +\| (.*?) +\|$/gm),
  ([, names, served, notes]) => ({
    names: names!.split(', ').map((name) => new RegExp(`^${name.replaceAll('…', '[A-Za-z]*')}$`)),
    isServed: served === 'yes',
    notes: notes!,
  }),
);

const sdk = { ...tables, ...streams } as unknown as Readonly<Record<string, unknown>>;
const operations = Object.keys(sdk)
  .filter((name) => /^[A-Z]\w+Command$/.test(name))
  .map((name) => name.replace(/Command$/, ''));

/** The SDK's own description of the input: its fifth element lists the members. */
const membersOf = (operation: string) =>
  (
    sdk[`${operation}Input$`] as readonly [number, string, string, number, readonly string[]] | undefined
  )?.[4] ?? [];

const rowsOf = (operation: string) => rows.filter(({ names }) => names.some((name) => name.test(operation)));

/** What is read is refused when it has a wrong type; what is not, is not. */
async function isRead(operation: string, member: string): Promise<boolean> {
  const wrong = [5, {}, [], 'text'];
  const refusals = await Promise.all(
    wrong.map(async (value) => (await db.call(operation, { [member]: value })).body.__type),
  );
  return refusals.some((type) => String(type).endsWith('#SerializationException'));
}

it.each(operations)('says in one row of the README whether %s is served', async (operation) => {
  const [row, ...others] = rowsOf(operation);
  expect(others).toEqual([]);
  const { body } = await db.call(operation, {});
  const isUnknown = String(body.__type).endsWith('#UnknownOperationException');
  expect(row?.isServed).toBe(!isUnknown);
});

it.each(operations.filter((operation) => rowsOf(operation)[0]?.isServed))(
  'reads every parameter of %s, or the README says that it is ignored',
  async (operation) => {
    const [row] = rowsOf(operation);
    for (const member of membersOf(operation)) {
      const isIgnored = row!.notes.includes(`\`${member}\``);
      expect([member, isIgnored || (await isRead(operation, member))]).toEqual([member, true]);
    }
  },
);

it('knows the members of the SDK', () => {
  expect(membersOf('PutItem')).toContain('ReturnValuesOnConditionCheckFailure');
  expect(membersOf('GetRecords')).toContain('ShardIterator');
  expect(rows.length).toBeGreaterThan(10);
});
