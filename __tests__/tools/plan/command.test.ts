import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { program } from '../../support/program';
import { fixturePath } from './fixtures';

interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The program as `npm run plan` runs it. */
async function plan(...args: string[]): Promise<Answer> {
  try {
    const [node, ...command] = program('tools/plan.ts');
    return { code: 0, ...(await promisify(execFile)(node, [...command, ...args])) };
  } catch (error) {
    return error as Answer;
  }
}

it.each([
  ['unchanged', [], 0, 'no change'],
  ['removed', [], 3, 'refused'],
  ['cases/passes-gsi-index-grant', ['--expect-existing'], 2, 'changes'],
])('reviews a plan made elsewhere: %s %j ends with %i', async (name, args, code, verdict) => {
  const answer = await plan('--plan', fixturePath(`${name}.json`), ...args);

  expect(answer).toMatchObject({ code, stderr: '' });
  expect(answer.stdout).toMatch(new RegExp(`verdict: ${verdict}\n$`));
});

it('lets pass what a file allows, word for word as it was printed, and ends with 1 once nothing needs it', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'allowances-'));
  const file = path.join(folder, 'allowances.json');
  const stage = fixturePath('renamed-stage.json');
  const { stdout } = await plan('--plan', stage, '--allowances', file);
  const allowances = [...stdout.matchAll(/add to .*: (\{.*\})$/gm)].map(([, entry]) => entry);
  expect(allowances).not.toEqual([]);
  writeFileSync(file, `[${allowances.join()}]`);

  expect(await plan('--plan', stage, '--allowances', file)).toMatchObject({ code: 2 });
  writeFileSync(file, `[${allowances.join().replaceAll(/"digest":"\w+"/g, '"digest":"of another"')}]`);
  expect(await plan('--plan', stage, '--allowances', file)).toMatchObject({ code: 3 });
  writeFileSync(file, '[{"rule":"loss","address":"aws_dynamodb_table.it","digest":"0"}]');
  expect(await plan('--plan', fixturePath('unchanged.json'), '--allowances', file)).toMatchObject({
    code: 1,
    stdout: expect.stringContaining('which no change needs: take it out') as string,
  });
  rmSync(folder, { recursive: true });
});

it('prints nothing but JSON on request', async () => {
  const { stdout } = await plan('--json', '--plan', fixturePath('removed.json'));
  expect(JSON.parse(stdout)).toMatchObject({ outcome: 'refused' });
});

it.each([
  [['--nonsense'], '--nonsense'],
  [['--markdown', '--json'], '--markdown and --json: give one of them'],
  [['--plan', 'absent.json'], 'absent.json'],
  [['--plan', 'package.json'], 'not a plan in JSON'],
  [['data-api', '--plan', 'a.json'], 'a given plan is of its own stack'],
])('answers %j with one clear line and exit code 1', async (args, message) => {
  const { code, stderr } = await plan(...args);

  expect(code).toBe(1);
  expect(stderr).toContain(message);
  expect(stderr).not.toContain('    at ');
});
