import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseConfiguration, type Configuration } from '../../../tools/plan/configuration';
import { parsePlan, type PlanJson, type ResourceChange } from '../../../tools/plan/plan-json';

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

/** A policy document of one or more statements. */
export function policy(...statements: object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}
