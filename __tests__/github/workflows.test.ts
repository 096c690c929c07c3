import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

interface Step {
  readonly env?: Readonly<Record<string, string>>;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly env?: Readonly<Record<string, string>>;
  readonly uses?: string;
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly 'timeout-minutes'?: number;
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly concurrency: { readonly group: string; readonly 'cancel-in-progress': boolean };
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = path.resolve(__dirname, '../../.github/workflows');
const sources = Object.fromEntries(
  readdirSync(folder).map((file) => [file, readFileSync(path.join(folder, file), 'utf8')]),
);
const workflow = (file: string): Workflow => parse(sources[file] ?? '') as Workflow;
const steps = (file: string): Step[] =>
  Object.values(workflow(file).jobs).flatMap((job) => [...(job.steps ?? [])]);

it('has a workflow for tests, plans and deployments', () => {
  expect(Object.keys(sources).sort()).toEqual(['deploy.yml', 'plan.yml', 'test.yml']);
});

describe.each(Object.keys(sources))('%s', (file) => {
  it('pins every action to a commit, and says which version that is', () => {
    const pins = sources[file]!.match(/uses: .*/g)!.filter((line) => !line.includes('./.github/'));

    expect(pins.length).toBeGreaterThan(0);
    for (const pin of pins) expect(pin).toMatch(/^uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('puts nothing that others write into a script', () => {
    const scripts = steps(file).flatMap(({ run }) => run ?? []);
    for (const script of scripts) expect(script).not.toContain('${{');
  });

  it('gives no right to all jobs but to read the sources', () => {
    expect([{}, { contents: 'read' }]).toContainEqual(workflow(file).permissions);
  });

  it('has a group, and a time limit for every job', () => {
    expect(workflow(file).concurrency.group).toBeTruthy();
    for (const job of Object.values(workflow(file).jobs)) {
      expect(job.uses ?? job['timeout-minutes']).toBeDefined();
    }
  });

  it('keeps no credentials: neither of GitHub in the checkout, nor of AWS', () => {
    for (const step of steps(file)) {
      if (step.uses?.startsWith('actions/checkout@')) {
        expect(step.with).toEqual({ 'persist-credentials': false });
      }
      expect(Object.keys(step.with ?? {})).not.toContain('aws-secret-access-key');
    }
    expect(sources[file]).not.toMatch(/secrets\./);
  });
});

it('tests every version of Node that is supported, and lints and checks types', () => {
  const { test, lint } = workflow('test.yml').jobs;
  expect(test).toMatchObject({ strategy: { matrix: { node: [20, 22, 24, 26] } } });
  const commands = [...(lint?.steps ?? []), ...(test?.steps ?? [])].flatMap(({ run }) => run ?? []);
  expect(commands).toEqual(expect.arrayContaining(['npm run lint', 'npm run typecheck', 'npm test']));
});

describe.each([
  ['plan', workflow('plan.yml').jobs.plan],
  ['deployment', workflow('deploy.yml').jobs.apply],
])('a %s without a bucket for the state', (_, job) => {
  const [first] = job?.steps ?? [];
  const start = (bucket: string) =>
    spawnSync('bash', ['-e', '-c', first?.run ?? ''], {
      env: { PATH: process.env.PATH, STATE_BUCKET: bucket },
      encoding: 'utf8',
    });

  it('stops before anything else, and says what to set', () => {
    expect({ ...job?.env, ...first?.env }).toMatchObject({ STATE_BUCKET: '${{ vars.STATE_BUCKET }}' });
    const { status, stdout } = start('');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^::error::.*STATE_BUCKET.*Settings → Secrets and variables → Actions/);
  });

  it('goes on with one', () => {
    expect(start('my-terraform-state')).toMatchObject({ status: 0, stdout: '' });
  });
});

describe('a plan', () => {
  const { plan, test, scan } = workflow('plan.yml').jobs;

  it('comes after the tests, and not from a fork', () => {
    expect(plan?.needs).toBe('test');
    expect(test?.uses).toBe('./.github/workflows/test.yml');
    expect(plan?.if).toContain('head.repo.full_name == github.repository');
    expect(workflow('plan.yml').on).not.toHaveProperty('pull_request_target');
  });

  it('may assume a role and write one comment', () => {
    expect(plan?.permissions).toEqual({
      contents: 'read',
      'id-token': 'write',
      'pull-requests': 'write',
    });
    expect(scan?.permissions).toEqual({ contents: 'read' });
  });

  it('is kept with the JSON, the zips and the lock file, without the providers', () => {
    const upload = plan?.steps?.find(({ uses }) => uses?.startsWith('actions/upload-artifact@'));
    expect(upload?.with).toMatchObject({
      path: 'cdktf.out\n!cdktf.out/**/.terraform/**\n',
      'include-hidden-files': true,
      'if-no-files-found': 'error',
    });
  });
});

describe('a deployment', () => {
  const { find, apply } = workflow('deploy.yml').jobs;

  it('waits for the approval of its environment', () => {
    expect(apply).toMatchObject({ environment: 'production', needs: 'find' });
    expect(find?.environment).toBeUndefined();
  });

  it('has the role in the approved job only', () => {
    expect(apply?.permissions).toEqual({ actions: 'read', 'id-token': 'write' });
    expect(find?.permissions).toEqual({ actions: 'read', contents: 'read' });
  });

  it('applies what was reviewed: it neither builds nor plans', () => {
    const commands = steps('deploy.yml').flatMap(({ run }) => run ?? []);
    expect(commands.join('\n')).not.toMatch(/\bnpm\b|terraform .*\bplan\s+-|-auto-approve/);
  });
});
