import { readFileSync } from 'node:fs';
import { parsePlan } from '../../../tools/plan/plan-json';
import { reviewPlan, type Review } from '../../../tools/plan/review';
import { fixturePath } from './fixtures';

/**
 * Plans, one a line, each with the verdict it must get whatever the wording: `changes` are address, values before and after, and
 * what else `terraform show -json` says. Policies, which are text there, stand as objects.
 */
const lines = readFileSync(fixturePath('verdicts.jsonl'), 'utf8').trim().split('\n');

interface Case {
  readonly refused?: string;
  readonly passes?: string;
  readonly changes: readonly Row[];
}

type Values = Readonly<Record<string, unknown>> | null;
type Row = readonly [address: string, before: Values, after: Values, more?: { readonly change?: object }];

const cases = lines.map((line) => JSON.parse(line) as Case);
const named = (verdict: 'refused' | 'passes'): [string, Case][] =>
  cases.flatMap((one): [string, Case][] => (one[verdict] === undefined ? [] : [[one[verdict], one]]));

it.each(named('refused'))('refuses %s', (_, one) => {
  const { refusals } = review(one);
  expect(refusals).not.toEqual([]);
  for (const { sentence } of refusals) expect(sentence).not.toMatch(/undefined|null,|\[object/);
});

it.each(named('passes'))('lets pass: %s', (_, one) => {
  const { refusals, changes, outputs } = review(one);
  expect(refusals).toEqual([]);
  expect(changes.length + outputs.length).toBeGreaterThan(0);
});

function review({ changes, ...parts }: Case): Review {
  const plan = { format_version: '1.2', ...parts, resource_changes: changes.map(resourceChange) };
  return reviewPlan(parsePlan(JSON.stringify(plan)));
}

function resourceChange([address, before, after, { change, ...more } = {}]: Row): object {
  const [type = '', name = ''] = address.replace(/^(module\.[^.]+\.|data\.)+/, '').split(/[.[]/);
  return {
    address,
    mode: 'managed',
    type,
    name,
    ...more,
    change: {
      actions: actionsOf(before, after),
      before: withText(before),
      after: withText(after),
      after_unknown: {},
      ...change,
    },
  };
}

function actionsOf(before: Values, after: Values): string[] {
  if (before === null) return ['create'];
  if (after === null) return ['delete'];
  return [JSON.stringify(before) === JSON.stringify(after) ? 'no-op' : 'update'];
}

const POLICIES = /^(body|policy|policy_document|access_policies|assume_role_policy|inline_policy)$/;

function withText(value: unknown, key = ''): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((part) => withText(part));
  if (POLICIES.test(key)) return JSON.stringify(value);
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, withText(part, name)]));
}
