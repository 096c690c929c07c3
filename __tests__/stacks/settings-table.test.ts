import { readFileSync } from 'node:fs';
import path from 'node:path';
import { defaults } from '../../stacks/environment';
import { settingsTable } from '../../stacks/environment/settings-table';

const README = readFileSync(path.resolve(__dirname, '../../README.md'), 'utf8');

/** Cells without the spaces and dashes that only align them. */
const cells = (table: string): string[][] =>
  table
    .trim()
    .split('\n')
    .map((line) => line.split(' |').map((cell) => cell.replace(/^\|/, '').replace(/-{2,}/, '--').trim()));

test('the README has the settings that there are: npm run settings writes them', () => {
  const [, table = ''] = /<!-- settings -->([^]*)<!-- end of settings -->/.exec(README) ?? [];
  expect(cells(table)).toEqual(cells(settingsTable(defaults)));
});

test('a setting of a group has a row of its own, with what it is unless set', () => {
  const row = cells(settingsTable(defaults)).find(([name]) => name === '`throttling.rateLimit`');
  expect(row?.slice(1, 3)).toEqual(['a whole number above 0', '`100`']);
});
