import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { RULES } from '../support/rules';

const ROOT = path.resolve(__dirname, '../..');
const TEXT = readFileSync(path.join(ROOT, '.checkov.yaml'), 'utf8');
const config = parse(TEXT) as Record<string, unknown>;

/** The checks under a comment, with what is said of each. */
function list(title: string): Map<string, string> {
  const [, text = ''] = new RegExp(`^ *# ${title}\\n((?: *(?:- |# {3}).*\\n)*)`, 'm').exec(TEXT) ?? [];
  return new Map(
    [...text.matchAll(/^(?: *- |# {3})(\S+)(?: # (.*))?$/gm)].map(([, id = '', why = '']) => [id, why]),
  );
}

const everywhere = list('Holds in every environment.');
const production = list('Holds in production.');
const waived = list('Waived, and why.');
const others = list('The same, as others call it:');

test('the scan fails for what holds everywhere or in production, and asks nothing of what is waived', () => {
  expect(config['hard-fail-on']).toEqual([...everywhere.keys(), ...production.keys()]);
  expect(config['skip-check']).toEqual([...waived.keys()]);
});

test('a check is in one list, and each has its reason', () => {
  const all = [everywhere, production, waived, others].flatMap((checks) => [...checks]);
  expect(new Set(all.map(([id]) => id)).size).toBe(all.length);
  for (const [, why] of all) expect(why).not.toBe('');
});

test('the rules that checkov knows are in their list', () => {
  for (const { id, in: place } of RULES.filter((rule) => rule.id.startsWith('CKV')))
    expect([...(place === 'production' ? production : everywhere).keys()]).toContain(id);
});

test.each([
  'CKV_AWS_117',
  'CKV_AWS_120',
  'CKV_AWS_225',
  'CKV_AWS_237',
  'CKV_AWS_272',
  'CKV2_AWS_29',
  'CKV2_AWS_51',
  'AVD-AWS-0190',
  'Lambda.3',
  'Lambda.5',
  'DynamoDB.4',
])('%s is waived, with a reason', (id) => {
  expect([...waived, ...others].find(([name]) => name === id)?.[1]).toMatch(/\w+/);
});

test('the workflow scans production with these lists', () => {
  const workflow = readFileSync(path.join(ROOT, '.github/workflows/plan.yml'), 'utf8');
  const { jobs } = parse(workflow) as {
    jobs: { scan: { steps: { run?: string; env?: Record<string, string> }[] } };
  };
  const synth = jobs.scan.steps.find(({ run }) => run === 'npm run synth');
  const scan = jobs.scan.steps.find(({ run }) => run?.includes('checkov'));
  expect(synth?.env).toEqual({ ENVIRONMENT: 'production' });
  expect(scan?.run).toContain('--config-file .checkov.yaml');
  expect(scan?.run).not.toContain('--soft-fail');
});
