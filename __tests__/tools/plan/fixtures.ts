import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseConfiguration, type Configuration } from '../../../tools/plan/configuration';
import { parsePlan, type PlanJson, type ResourceChange } from '../../../tools/plan/plan-json';
import type { Report } from '../../../tools/plan/report/report';
import type { Review } from '../../../tools/plan/review';
import { judge } from '../../../tools/plan/verdict';

export function fixturePath(name: string): string {
  return path.join(__dirname, 'fixtures', name);
}

/** What `terraform show -json` printed of data-api, with the resources that say nothing left out. */
export function planOf(name: string): PlanJson {
  return parsePlan(readFileSync(fixturePath(`${name}.json`), 'utf8'));
}

export function configurationOf(name: string): Configuration {
  return parseConfiguration(readFileSync(fixturePath(`${name}.cdk.tf.json`), 'utf8'));
}

type Values = Record<string, unknown> | null;

/** A plan of one change of one resource. */
export function planOfOne(
  type: string,
  before: Values,
  after: Values,
  change: Partial<ResourceChange['change']> = {},
): PlanJson {
  const actions = before === null ? ['create'] : after === null ? ['delete'] : ['update'];
  return parsePlan(
    JSON.stringify({
      format_version: '1.2',
      resource_changes: [
        {
          address: `${type}.it`,
          mode: 'managed',
          type,
          name: 'it',
          change: { actions, before, after, after_unknown: {}, ...change },
        },
      ],
    }),
  );
}

/** A plan of several changes: address, values before and after. */
export function planOfMany(...rows: [address: string, before: Values, after: Values][]): PlanJson {
  return {
    format_version: '1.2',
    output_changes: {},
    resource_changes: rows.flatMap(([address, before, after]) => {
      const [type = '', name = ''] = address.split('.');
      const isSame = JSON.stringify(before) === JSON.stringify(after);
      const [change] = planOfOne(type, before, after, isSame ? { actions: ['no-op'] } : {}).resource_changes;
      return change ? [{ ...change, address, name }] : [];
    }),
  };
}

/** A report on one stack, with nothing allowed. */
export function reportOf(stack: string, review: Review): Report {
  const place = { environment: 'default', stack };
  const verdict = judge(review, { ...place, allowances: [], expectExisting: false });
  return { stacks: [{ place, verdict }], file: 'stacks/allowances.json', unneeded: [] };
}

/** A policy document of one or more statements. */
export function policy(...statements: object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}
