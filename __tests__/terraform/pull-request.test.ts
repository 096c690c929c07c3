import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { parse } from 'yaml';
import type { Refusal } from '../../tools/plan/review';
import { Checkout } from '../support/checkout';
import { aws, isGone } from './support/aws';
import { synthesizeEdited } from './support/sources';
import { adapt } from './support/adapt';

const BUCKET = 'terraform-state';
const STACK = path.join('cdktf.out', 'stacks', 'data-api');

interface Workflow {
  readonly jobs: {
    readonly plan: { readonly steps: { readonly id?: string; readonly run?: string }[] };
  };
}

interface Report {
  readonly stacks: Readonly<Record<string, { readonly refused: readonly Refusal[] }>>;
}

/** The step of the plan workflow that plans, as it stands there. */
function planStep(): string {
  const { jobs } = parse(readFileSync('.github/workflows/plan.yml', 'utf8')) as Workflow;
  return jobs.plan.steps.find(({ id }) => id === 'plan')!.run!;
}

/** Runs shell as the workflows do: where it fails, with what it printed. */
const shell = (command: string, cwd: string) =>
  promisify(execFile)('bash', ['-e', '-c', command], { cwd, env: process.env });

describe('a pull request', () => {
  let checkout: Checkout;
  let second: string;
  let refused: readonly Refusal[];
  const review = (...args: string[]): ReturnType<Checkout['run']> =>
    checkout.run('tools/plan.ts', '--plan', path.join(STACK, 'plan.json'), ...args);
  /** What the workflows carry from the first job to the others, without what Terraform has downloaded. */
  const carry = (from: string, to: string, files: readonly string[]): void => {
    cpSync(path.join(checkout.root, from), path.join(second, to), {
      recursive: true,
      filter: (file) => path.basename(file) !== '.terraform' && !files.includes(path.basename(file)),
    });
  };
  /** Plans this stack alone, as it has been synthesized. */
  const plan = () => {
    const stacks = path.join(checkout.root, 'cdktf.out', 'stacks');
    for (const stack of readdirSync(stacks)) {
      if (stack !== 'data-api') rmSync(path.join(stacks, stack), { recursive: true });
    }
    adapt(path.join(checkout.root, STACK));
    return shell(planStep(), checkout.root);
  };
  const apply = () => shell(`"${path.resolve('.github/scripts/apply.sh')}" reviewed`, second);

  beforeAll(async () => {
    // Names of its own: the other tests have the default environment's.
    Object.assign(process.env, { ENVIRONMENT: 'staging', STATE_BUCKET: BUCKET });
    await fetch(`${process.env.AWS_ENDPOINT_URL}/${BUCKET}`, { method: 'PUT' });
    checkout = new Checkout();
    second = mkdtempSync(path.join(tmpdir(), 'clean-checkout-'));
  });
  afterAll(() => {
    checkout.remove();
    rmSync(second, { recursive: true });
  });

  it('is planned without a lock, and reviewed as JSON', async () => {
    expect(await checkout.run('tools/synth.ts')).toMatchObject({ code: 0 });
    await plan();

    const { code, stdout } = await review('--json');

    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: 'changes',
      stacks: { 'data-api': { refused: [], isFirst: true } },
    });
    expect(await review('--expect-existing')).toMatchObject({ code: 3 });
  });

  it('is planned again and applied in a second, clean checkout, as it was reviewed', async () => {
    carry(STACK, path.join('reviewed', 'data-api'), ['assets']);
    carry(STACK, STACK, ['plan', 'plan.json', '.terraform.lock.hcl']);

    await apply();

    const table = await aws.dynamodb.send(new DescribeTableCommand({ TableName: 'MyDataTable-staging' }));
    expect(table.Table?.TableStatus).toBe('ACTIVE');
  });

  it('is not applied twice when the job is run again', async () => {
    expect((await apply()).stdout).toContain('No changes.');
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
    await plan();

    const { code, stdout } = await review('--json');

    expect(code).toBe(3);
    ({ refused } = (JSON.parse(stdout) as Report).stacks['data-api']!);
    const lost = 'replaces the table MyDataTable-staging (forced by name): every item in it would be lost';
    expect(refused).toMatchObject([{ rule: 'loss', sentence: lost }]);
  });

  it('is not applied where that was not reviewed', async () => {
    carry(STACK, STACK, ['plan', 'plan.json', '.terraform.lock.hcl']);
    await expect(apply()).rejects.toMatchObject({
      stdout: expect.stringMatching(
        /::error::.*nobody reviewed.*\n(.*\n)*[a-z]+, [a-z]+ aws_dynamodb_table\./,
      ) as string,
    });
    expect(
      await isGone(aws.dynamodb.send(new DescribeTableCommand({ TableName: 'OrdersTable-staging' }))),
    ).toBe(true);
  });

  it('may be allowed in a committed file, once someone has read that', async () => {
    const allowances = refused.map(({ rule, address, digest }) => ({ rule, address, digest }));
    writeFileSync(path.join(checkout.root, 'stacks', 'allowances.json'), JSON.stringify(allowances));
    expect(await review()).toMatchObject({ code: 2 });
  });
});
