import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { EXPRESSIONS } from '../packages/terraform-offline/terraform/language/expressions';

const folder = mkdtempSync(path.join(os.tmpdir(), 'expressions-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('gives what the table of expressions says', () => {
  const locals = EXPRESSIONS.map(([expression], i) => `  e${i} = jsonencode([\n${expression}\n])\n`);
  const all = EXPRESSIONS.map((_, i) => `local.e${i}`).join(', ');
  locals.push(`  all = base64encode(jsonencode([${all}]))\n`);
  writeFileSync(path.join(folder, 'main.tf'), `locals {\n${locals.join('')}}\n`);

  const { stdout, stderr } = spawnSync('terraform', ['console', '-no-color'], {
    cwd: folder,
    input: 'local.all\n',
    encoding: 'utf8',
  });

  const [, base64] = /^"([A-Za-z0-9+/=]*)"$/m.exec(stdout) ?? [];
  if (base64 === undefined) throw new Error(stderr);
  const values = JSON.parse(Buffer.from(base64, 'base64').toString()) as string[];
  const rows = EXPRESSIONS.map(([expression], i) => [expression, JSON.parse(values[i] ?? '')] as unknown);
  expect(rows).toEqual(EXPRESSIONS.map(([expression, value]) => [expression, [value]]));
});
