import {
  common,
  Row,
  type Rows,
} from '../../../../../packages/terraform-offline/terraform/coverage/coverage';
import { TABLE } from '../../../../../packages/terraform-offline/terraform/coverage/table';
import { attributesOf, typesOf } from './provider-types';

/** Those that the provider has had until a version that many still use, or has since one that is newer than the types here. */
const OTHER_VERSIONS: readonly string[] = [
  // https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/api_gateway_deployment
  'aws_api_gateway_deployment.canary_settings',
  'aws_api_gateway_deployment.stage_description',
  'aws_api_gateway_deployment.stage_name',
  // Since 6.29: https://github.com/hashicorp/terraform-provider-aws/pull/44858
  'aws_lambda_permission.invoked_via_function_url',
];

/** Services whose types are all listed. */
const SERVICES =
  /^aws_(api_gateway|apigatewayv2|lambda|dynamodb|iam|cloudwatch|scheduler|xray|appautoscaling|budgets|resourcegroups)_/;

const detailed = Object.entries(TABLE).filter((entry): entry is [string, Rows] => !(entry[1] instanceof Row));
const provided = new Set([...typesOf('aws'), ...typesOf('archive')]);

/** The paths of all rows. */
function paths(rows: Rows, prefix = ''): string[] {
  return Object.entries(rows).flatMap(([name, row]) =>
    row instanceof Row ? [prefix + name] : paths(row, `${prefix}${name}.`),
  );
}

function isAtOrWithin(path: string, row: string): boolean {
  return path === row || path.startsWith(`${row}.`);
}

it('has no type that the provider does not have', () => {
  expect(Object.keys(TABLE).filter((type) => !provided.has(type))).toEqual([]);
});

it('has every type of the services that it is about', () => {
  expect([...provided].filter((type) => SERVICES.test(type) && !Object.hasOwn(TABLE, type))).toEqual([]);
});

describe.each(detailed)('%s', (type, rows) => {
  const known = attributesOf(type);
  const own = paths(rows);

  it('has every attribute that the provider has', () => {
    const all = [...own, ...Object.keys(common)];
    const leaves = known.filter(({ isBlock }) => !isBlock).map(({ path }) => path);
    expect(leaves.length).toBeGreaterThan(0);
    expect(leaves.filter((path) => !all.some((row) => isAtOrWithin(path, row)))).toEqual([]);
  });

  it('has none that the provider does not have', () => {
    const named = known.map(({ path }) => path);
    expect(own.filter((row) => !named.includes(row) && !OTHER_VERSIONS.includes(`${type}.${row}`))).toEqual(
      [],
    );
  });
});

it('says in a sentence what becomes of whatever is not served', () => {
  const rows = (all: Rows): Row[] =>
    Object.values(all).flatMap((row) => (row instanceof Row ? [row] : rows(row)));
  for (const { kind, meaning } of rows(TABLE)) {
    if (kind === 'served' || kind === 'without effect') expect(meaning).toBe('');
    else expect(meaning).toMatch(/^\S.*[^.]$/);
  }
});
