import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { fixturePath } from './fixtures';

interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The program as `npm run plan` runs it. */
async function plan(...args: string[]): Promise<Answer> {
  try {
    const cwd = path.resolve(__dirname, '../../..');
    return {
      code: 0,
      ...(await promisify(execFile)('node', ['tools/ts.mjs', 'tools/plan.ts', ...args], { cwd })),
    };
  } catch (error) {
    return error as Answer;
  }
}

it.each([
  ['unchanged', [], 0, 'no change'],
  ['removed', [], 3, 'refused'],
  ['renamed-stage', ['--allow', 'loss:aws_api_gateway_stage.api_stage_9CA2AE48'], 2, 'changes'],
])('reviews a plan made elsewhere: %s %j ends with %i', async (name, args, code, verdict) => {
  const answer = await plan('--plan', fixturePath(`${name}.json`), ...args);

  expect(answer).toMatchObject({ code, stderr: '' });
  expect(answer.stdout).toMatch(new RegExp(`verdict: ${verdict}\n$`));
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
