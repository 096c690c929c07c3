import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';

interface Step {
  readonly env?: Readonly<Record<string, string>>;
  readonly uses?: string;
  readonly id?: string;
  readonly if?: string;
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
  expect(Object.keys(sources).sort()).toEqual([
    'deploy-environment.yml',
    'deploy.yml',
    'plan.yml',
    'test.yml',
  ]);
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
        expect(step.with).toMatchObject({ 'persist-credentials': false });
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

/** Runs the shell of a step: what it prints, and the outputs and summary it writes. */
function start(step: Step | undefined, env: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(path.join(tmpdir(), 'step-'));
  const files = {
    GITHUB_OUTPUT: path.join(folder, 'output'),
    GITHUB_STEP_SUMMARY: path.join(folder, 'summary'),
  };
  for (const file of Object.values(files)) writeFileSync(file, '');
  const { status, stdout } = spawnSync('sh', ['-e', '-c', step?.run ?? 'exit 9'], {
    env: { PATH: process.env.PATH, ...env, ...files },
    encoding: 'utf8',
  });
  const answer = {
    status,
    stdout,
    output: readFileSync(files.GITHUB_OUTPUT, 'utf8'),
    summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8'),
  };
  rmSync(folder, { recursive: true });
  return answer;
}

describe.each([
  ['plan.yml', { STATE_BUCKET: 'my-terraform-state', PLAN_ROLE_ARN: 'arn' }],
  ['deploy.yml', { STATE_BUCKET: 'my-terraform-state', PLAN_ROLE_ARN: 'arn', DEPLOY_ROLE_ARN: 'arn' }],
])('a copy of the repository without settings: %s', (file, variables) => {
  const { jobs } = workflow(file);
  const [first] = jobs.settings?.steps ?? [];
  const names = Object.keys(variables);

  it('is green, and says what is missing', () => {
    expect(first?.env).toEqual(Object.fromEntries(names.map((name) => [name, `\${{ vars.${name} }}`])));
    const answer = start(first, Object.fromEntries(names.map((name) => [name, ''])));
    expect(answer).toMatchObject({ status: 0, output: '' });
    for (const name of names) {
      expect(answer.stdout).toMatch(new RegExp(`^::notice::.*${name}.*docs/deployment.md`));
      expect(answer.summary).toContain(name);
    }
  });

  it('goes on with all of them, and with no fewer', () => {
    expect(start(first, variables)).toMatchObject({ status: 0, output: 'complete=true\n' });
    for (const name of names) {
      expect(start(first, { ...variables, [name]: '' }).stdout).toContain(`set ${name} under`);
    }
  });
});

it('gives credentials to no job that runs what others have written', () => {
  for (const file of Object.keys(sources)) {
    for (const job of Object.values(workflow(file).jobs)) {
      const runs = job.steps?.flatMap(({ run }) => run ?? []).join('\n') ?? '';
      if (job.uses === undefined && job.permissions?.['id-token'] !== undefined) {
        expect(runs).not.toMatch(/\b(npm|npx|node)\b/);
      }
    }
  }
  for (const command of steps('plan.yml').flatMap(({ run }) => run ?? [])) {
    if (command.includes('npm ci')) expect(command).toContain('--ignore-scripts');
  }
});

describe('a plan', () => {
  const { plan, test, scan, synth, review, comment, settings } = workflow('plan.yml').jobs;

  it('comes after the tests, and not from a fork', () => {
    expect(plan?.needs).toEqual(['settings', 'test', 'synth']);
    expect(test?.uses).toBe('./.github/workflows/test.yml');
    expect(plan?.if).toContain('head.repo.full_name == github.repository');
    expect(workflow('plan.yml').on).not.toHaveProperty('pull_request_target');
  });

  it('gives each job what it needs', () => {
    expect(plan?.permissions).toEqual({ 'id-token': 'write' });
    expect(comment?.permissions).toEqual({ 'pull-requests': 'write' });
    expect(settings?.permissions).toEqual({ deployments: 'read' });
    for (const job of [scan, synth, review]) expect(job?.permissions).toEqual({ contents: 'read' });
  });

  it('waits for no scan', () => {
    for (const job of Object.values(workflow('plan.yml').jobs)) {
      expect([job.needs ?? []].flat()).not.toContain('scan');
    }
  });

  it('is of staging and of production', () => {
    for (const job of [synth, plan, review]) {
      expect(job).toMatchObject({ strategy: { matrix: { environment: ['staging', 'production'] } } });
    }
  });

  it('is kept for the deployment once the review has passed it, under the name of its tree', () => {
    const uploads = review?.steps?.filter(({ uses }) => uses?.startsWith('actions/upload-artifact@')) ?? [];
    expect(uploads.at(-1)?.with).toMatchObject({
      name: 'reviewed-${{ matrix.environment }}-${{ needs.synth.outputs.tree }}',
      'include-hidden-files': true,
    });
    const stop = review?.steps?.find(({ if: condition }) => condition?.includes('code'));
    expect(review?.steps?.indexOf(stop!)).toBeLessThan(review?.steps?.indexOf(uploads.at(-1)!) ?? 0);
    expect(start(stop, { CODE: '3' })).toMatchObject({ status: 1 });
    expect(start(stop, { CODE: '3' }).stdout).toContain('the plan is refused');
    expect(start(stop, { CODE: '1' }).stdout).toContain('could not be reviewed');
  });
});

describe('a deployment', () => {
  const { staging, production, reviewed } = workflow('deploy.yml').jobs;
  const { plan, apply } = workflow('deploy-environment.yml').jobs;

  it('is of staging, then of production', () => {
    expect(staging).toMatchObject({ needs: ['reviewed', 'synth'], with: { environment: 'staging' } });
    expect(production).toMatchObject({
      needs: ['reviewed', 'synth', 'staging'],
      with: { environment: 'production' },
    });
  });

  it('plans and shows what it will do, then waits for the approval of its environment', () => {
    expect(plan?.environment).toBeUndefined();
    expect(apply).toMatchObject({ environment: '${{ inputs.environment }}', needs: 'plan' });
  });

  it('has the role that writes in the approved job only', () => {
    const roles = (job: Job | undefined) =>
      job?.steps?.flatMap((step) => step.with?.['role-to-assume'] ?? []);
    expect(roles(plan)).toEqual(['${{ vars.PLAN_ROLE_ARN }}']);
    expect(roles(apply)).toEqual(['${{ vars.DEPLOY_ROLE_ARN }}']);
    expect(reviewed?.permissions).toEqual({ actions: 'read', contents: 'read' });
  });

  it('sends what writes to staging only', () => {
    const examples = apply?.steps?.find(({ run }) => run?.includes('readme-examples.sh'));
    expect(examples?.if).toBe("inputs.environment == 'staging'");
  });
});
