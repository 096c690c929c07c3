import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  allowanceFor,
  isAllowed,
  readAllowances,
  unneeded,
  type Allowance,
} from '../../../tools/plan/allowances';
import { reviewPlan, type Refusal } from '../../../tools/plan/review';
import { planOfOne, policy } from './fixtures';

const place = { environment: 'staging', stack: 'data-api' };
const lowered = (retention_in_days: number, tags: object = {}): Refusal => {
  const before = { name: 'g', retention_in_days: 365, tags: {} };
  const after = { ...before, retention_in_days, tags };
  return reviewPlan(planOfOne('aws_cloudwatch_log_group', before, after)).refusals[0]!;
};
const refusal = lowered(14);
const allowance = allowanceFor(refusal, place);

describe('an allowance', () => {
  it('lets this change pass, and the same with others beside it', () => {
    expect(isAllowed(refusal, place, [allowance])).toBe(true);
    expect(isAllowed(lowered(14, { team: 'a' }), place, [allowance])).toBe(true);
  });

  it('lets no other pass', () => {
    expect(isAllowed(lowered(7), place, [allowance])).toBe(false);
    expect(isAllowed({ ...refusal, address: 'other' }, place, [allowance])).toBe(false);
    expect(isAllowed({ ...refusal, rule: 'loss' }, place, [allowance])).toBe(false);
    expect(isAllowed(refusal, { ...place, environment: 'production' }, [allowance])).toBe(false);
    expect(isAllowed(refusal, { ...place, stack: 'items-api' }, [allowance])).toBe(false);
  });

  it('is for one source of a permission, one role of a policy and one holder of another', () => {
    const digests = (type: string, before: object, ...after: object[]): Set<string> =>
      new Set(
        after.map((one) => {
          const plan = planOfOne(
            type,
            { ...before },
            { ...before, ...one },
            { actions: ['delete', 'create'] },
          );
          return reviewPlan(plan).refusals[0]!.digest;
        }),
      );
    const api = (account: string): object => ({
      source_arn: `arn:aws:execute-api:us-east-1:${account}:a/prod/GET/x`,
    });
    const admin = { policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess', roles: ['a'] };
    const wide = { role: 'a', policy: policy({ Effect: 'Allow', Action: '*', Resource: '*' }) };
    const invoke = { principal: 'apigateway.amazonaws.com', action: 'lambda:InvokeFunction' };
    expect(
      digests(
        'aws_lambda_permission',
        { ...invoke, function_name: 'f', ...api('123456789012') },
        api('999999999999'),
        api('888888888888'),
      ).size,
    ).toBe(2);
    expect(digests('aws_iam_policy_attachment', admin, { roles: ['b'] }, { roles: ['c'] }).size).toBe(2);
    expect(digests('aws_iam_role_policy', wide, { role: 'b' }, { role: 'c' }).size).toBe(2);
  });

  it('is an error once nothing needs it, where its stack is reviewed', () => {
    const other: Allowance = { ...allowance, digest: 'of another change' };
    const elsewhere: Allowance = { ...other, environment: 'production' };
    expect(unneeded([allowance, other, elsewhere], [{ place, refusals: [refusal] }])).toEqual([other]);
    expect(unneeded([allowance], [{ place: { ...place, stack: 'items-api' }, refusals: [] }])).toEqual([]);
  });
});

describe('the file', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'allowances-'));
  const file = path.join(folder, 'allowances.json');
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('need not be there', () => {
    expect(readAllowances(file)).toEqual([]);
  });

  it('is read as a refusal prints it', () => {
    writeFileSync(file, JSON.stringify([{ ...allowance, reason: 'the auditors want less' }]));
    expect(readAllowances(file)).toMatchObject([allowance]);
  });

  it.each([
    'nonsense',
    '{}',
    '[{"rule":"loss"}]',
    '[{"rule":"loss","address":"a","digest":"d","adress":"b"}]',
  ])('says what is wrong with %s', (text) => {
    writeFileSync(file, text);
    expect(() => readAllowances(file)).toThrow(`${file}: expected a list`);
  });
});
