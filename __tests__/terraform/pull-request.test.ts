import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { parse } from 'yaml';
import type { Refusal } from '../../tools/plan/review';
import { Checkout } from '../support/checkout';
import { aws, isGone } from './support/aws';
import { synthesizeEdited } from './support/sources';
import { adapt } from './support/workspace';

const BUCKET = 'terraform-state';
const STACK = path.join('cdktf.out', 'stacks', 'data-api');

interface Workflow {
  readonly jobs: { readonly apply: { readonly steps: { readonly id?: string; readonly run?: string }[] } };
}

interface Report {
  readonly stacks: Readonly<Record<string, { readonly refused: readonly Refusal[] }>>;
}

/** The step of the deploy workflow that applies, as it stands there. */
function applyStep(): string {
  const { jobs } = parse(readFileSync('.github/workflows/deploy.yml', 'utf8')) as Workflow;
  return jobs.apply.steps.find(({ id }) => id === 'apply')!.run!;
}

describe('a pull request', () => {
  let checkout: Checkout;
  let second: string;
  let refused: readonly Refusal[];
  const plan = (...args: string[]): ReturnType<Checkout['run']> =>
    checkout.run('tools/plan.ts', 'data-api', '--skip-synth', ...args);

  beforeAll(async () => {
    // Names of its own: the other tests have the default environment's.
    Object.assign(process.env, { ENVIRONMENT: 'staging', STATE_BUCKET: BUCKET });
    await fetch(`${process.env.AWS_ENDPOINT_URL}/${BUCKET}`, { method: 'PUT' });
    checkout = new Checkout();
    second = mkdtempSync(path.join(tmpdir(), 'clean checkout '));
  });
  afterAll(() => {
    checkout.remove();
    rmSync(second, { recursive: true });
  });

  it('is planned, with a review as JSON', async () => {
    expect(await checkout.run('tools/synth.ts')).toMatchObject({ code: 0 });
    adapt(path.join(checkout.root, STACK));

    const { code, stdout } = await plan('--json');

    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'changes', stacks: { 'data-api': { refused: [] } } });
  });

  it('is applied in a second, clean checkout with only the artifact', async () => {
    cpSync(path.join(checkout.root, STACK), path.join(second, STACK), {
      recursive: true,
      filter: (file) => path.basename(file) !== '.terraform',
    });

    await promisify(execFile)('bash', ['-e', '-c', applyStep()], { cwd: second, env: process.env });

    const table = await aws.dynamodb.send(new DescribeTableCommand({ TableName: 'MyDataTable-staging' }));
    expect(table.Table?.TableStatus).toBe('ACTIVE');
  });

  it('leaves the state in the bucket, and no lock', async () => {
    const objects = await fetch(`${process.env.AWS_ENDPOINT_URL}/${BUCKET}?list-type=2`);

    const keys = [...(await objects.text()).matchAll(/<Key>(.*?)<\/Key>/g)].map(([, key]) => key);
    expect(keys).toEqual(['staging/data-api.tfstate']);
  });

  it('that renames the table is refused, and says what would be lost', async () => {
    await synthesizeEdited(checkout, 'stacks/data-api.ts', (source) =>
      source.replace("'MyDataTable'", "'OrdersTable'"),
    );
    adapt(path.join(checkout.root, STACK));

    const { code, stdout } = await plan('--json');

    expect(code).toBe(3);
    ({ refused } = (JSON.parse(stdout) as Report).stacks['data-api']!);
    const lost = 'replaces the table MyDataTable-staging (forced by name): every item in it would be lost';
    expect(refused).toMatchObject([{ rule: 'loss', sentence: lost }]);
    expect(
      await isGone(aws.dynamodb.send(new DescribeTableCommand({ TableName: 'OrdersTable-staging' }))),
    ).toBe(true);
  });

  it('may be allowed in a committed file, once someone has read that', async () => {
    const file = path.join(checkout.root, STACK, 'plan');
    const allowances = refused.map(({ rule, address, digest }) => ({ rule, address, digest }));
    writeFileSync(path.join(checkout.root, 'stacks', 'allowances.json'), JSON.stringify(allowances));
    expect(await checkout.run('tools/plan.ts', '--plan', file)).toMatchObject({ code: 2 });
  });
});
