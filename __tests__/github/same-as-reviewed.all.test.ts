import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const script = path.resolve(__dirname, '../../.github/scripts/same-as-reviewed.sh');
const folder = mkdtempSync(path.join(tmpdir(), 'reviewed-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

type Change = [
  address: string,
  actions: string[],
  before: object | null,
  after: object | null,
  more?: object,
];

function plan(name: string, changes: readonly Change[]): string {
  const file = path.join(folder, `${name}.json`);
  const resources = changes.map(([address, actions, before, after, more]) => ({
    address,
    mode: 'managed',
    change: { actions, before, after, after_unknown: {}, ...more },
  }));
  writeFileSync(file, JSON.stringify({ resource_changes: resources }));
  return file;
}

const compare = (now: Change[], reviewed: Change[]): { status: number | null; stdout: string } =>
  spawnSync(script, [plan('now', now), plan('reviewed', reviewed)], { encoding: 'utf8' });

const update: Change = ['table.it', ['update'], { ttl: 1, tags: 1 }, { ttl: 2, tags: 1 }];
const replace: Change = [
  'stage.it',
  ['create', 'delete'],
  { name: 'a' },
  { name: 'b' },
  { replace_paths: [['name']] },
];

it.each<[string, Change[], Change[]]>([
  ['the same', [update, replace], [replace, update]],
  ['what is left of it', [update], [replace, update]],
  ['nothing more', [['table.it', ['no-op'], {}, {}]], [update]],
  ['the other half of a replacement', [['stage.it', ['create'], null, { name: 'b' }]], [replace]],
  ['other values of the same attributes', [['table.it', ['update'], { ttl: 5 }, { ttl: 6 }]], [update]],
])('applies %s', (_, now, reviewed) => {
  expect(compare(now, reviewed)).toMatchObject({ status: 0, stdout: '' });
});

it.each<[string, Change[], Change[]]>([
  ['another resource', [update, replace], [update]],
  ['another action', [['table.it', ['delete'], {}, null]], [update]],
  ['another attribute', [['table.it', ['update'], { ttl: 1, tags: 1 }, { ttl: 2, tags: 2 }]], [update]],
  [
    'an attribute that is not known yet',
    [['table.it', ['update'], { ttl: 1 }, { ttl: 2 }, { after_unknown: { arn: true } }]],
    [update],
  ],
  ['another cause', [['stage.it', ['create', 'delete'], {}, {}, { replace_paths: [['id']] }]], [replace]],
])('refuses %s, and says what', (_, now, reviewed) => {
  const { status, stdout } = compare(now, reviewed);
  expect(status).toBe(1);
  expect(stdout).toMatch(/^::error::.*does what nobody reviewed: run the plan workflow on main.*\n\w/);
});
