import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runInNewContext } from 'node:vm';
import { environment } from '../../stacks/environment';
import { resource, resourcesOf, statements, type Configuration } from '../support/synth';
import { system } from '../support/systems';

const ROOT = path.resolve(__dirname, '../..');
const RECIPES = readFileSync(path.join(ROOT, 'docs/recipes.md'), 'utf8');

/** The code under each heading. */
const recipes = new Map(
  RECIPES.split(/\n## /)
    .slice(1)
    .map((section): [string, string] => {
      const [, code = ''] = /```ts\n([^]*?)```/.exec(section) ?? [];
      return [section.slice(0, section.indexOf('\n')), code];
    }),
);

const settings = environment('production');
const plain = system('data-api', settings);

/** data-api in production, with a recipe. */
function withRecipe(heading: string): Configuration {
  const code = recipes.get(heading);
  if (code === undefined) throw new Error(`docs/recipes.md has no recipe ${heading}`);
  return system('data-api', settings, (dataApi) => {
    const imported = [...code.matchAll(/^import \{ (.*) \} from '\.\/(.*)';$/gm)].map(
      ([, name = '', file = '']): [string, unknown] => {
        const exported = jest.requireActual<Record<string, unknown>>(path.join(ROOT, file));
        return [name, exported[name]];
      },
    );
    runInNewContext(code.replaceAll(/^import .*$/gm, ''), {
      dataApi,
      settings,
      ...Object.fromEntries(imported),
    });
  });
}

/** Types of the resources that are there besides those of data-api as it is. */
function added(configuration: Configuration): string[] {
  const types = Object.keys(configuration.resource ?? {});
  const count = (of: Configuration, type: string) => Object.keys(resourcesOf(of, type)).length;
  return types.filter((type) => count(configuration, type) > count(plain, type)).sort();
}

const ofFunctions = (configuration: Configuration) =>
  Object.values(resourcesOf(configuration, 'aws_lambda_function'));

type Check = (configuration: Configuration) => void;

const CHECKS: Readonly<Record<string, readonly [adds: readonly string[], check: Check]>> = {
  'A web application firewall': [
    ['aws_wafv2_web_acl', 'aws_wafv2_web_acl_association'],
    (stack) => {
      const [stage] = Object.keys(resourcesOf(stack, 'aws_api_gateway_stage'));
      expect(resource(stack, 'aws_wafv2_web_acl_association').resource_arn).toBe(
        `\${aws_api_gateway_stage.${stage}.arn}`,
      );
      expect(resource(stack, 'aws_wafv2_web_acl')).toMatchObject({
        scope: 'REGIONAL',
        rule: [
          { override_action: { none: {} }, priority: 0 },
          { override_action: { none: {} }, priority: 1 },
          { action: { block: {} }, statement: { rate_based_statement: { limit: 2000 } }, priority: 2 },
        ],
      });
    },
  ],
  'A resource policy': [
    [],
    (stack) => {
      expect(statements(resource(stack, 'aws_api_gateway_rest_api').policy)).toEqual([
        { Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*' },
        {
          Effect: 'Deny',
          Principal: '*',
          Action: 'execute-api:Invoke',
          Resource: 'execute-api:/*',
          Condition: { NotIpAddress: { 'aws:SourceIp': ['203.0.113.0/24'] } },
        },
      ]);
      // A changed policy counts once the API is deployed anew.
      const hash = (of: Configuration) => resource(of, 'aws_api_gateway_deployment').triggers;
      expect(hash(stack)).not.toEqual(hash(plain));
    },
  ],
  'A Cognito user pool': [
    ['aws_api_gateway_authorizer'],
    (stack) => {
      const [id] = Object.keys(resourcesOf(stack, 'aws_api_gateway_authorizer'));
      expect(resource(stack, 'aws_api_gateway_authorizer')).toMatchObject({
        type: 'COGNITO_USER_POOLS',
        provider_arns: ['arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_abcdefghi'],
      });
      const methods = Object.values(resourcesOf(stack, 'aws_api_gateway_method'));
      expect(methods).toHaveLength(2);
      for (const method of methods)
        expect(method).toMatchObject({
          authorization: 'COGNITO_USER_POOLS',
          authorizer_id: `\${aws_api_gateway_authorizer.${id}.id}`,
          authorization_scopes: ['data/read'],
        });
    },
  ],
  'A VPC': [
    [],
    (stack) => {
      for (const fn of ofFunctions(stack))
        expect(fn.vpc_config).toMatchObject({ security_group_ids: ['sg-0123456789abcdef0'] });
      for (const { policy } of Object.values(resourcesOf(stack, 'aws_iam_role_policy')))
        expect(statements(policy).flatMap(({ Action }) => Action)).toContain('ec2:CreateNetworkInterface');
    },
  ],
  'AWS Backup': [
    [
      'aws_backup_plan',
      'aws_backup_selection',
      'aws_backup_vault',
      'aws_iam_role',
      'aws_iam_role_policy_attachment',
    ],
    (stack) => {
      const [table] = Object.keys(resourcesOf(stack, 'aws_dynamodb_table'));
      expect(resource(stack, 'aws_backup_selection').resources).toEqual([
        `\${aws_dynamodb_table.${table}.arn}`,
      ]);
    },
  ],
  'Canary deploys': [
    [
      'aws_codedeploy_app',
      'aws_codedeploy_deployment_group',
      'aws_iam_role',
      'aws_iam_role_policy_attachment',
    ],
    (stack) => {
      for (const { lifecycle } of Object.values(resourcesOf(stack, 'aws_lambda_alias')))
        expect(lifecycle).toEqual({ ignore_changes: ['function_version', 'routing_config'] });
      for (const group of Object.values(resourcesOf(stack, 'aws_codedeploy_deployment_group')))
        expect(group).toMatchObject({
          alarm_configuration: { enabled: true, alarms: ['data-api-5xx-production'] },
          auto_rollback_configuration: { enabled: true },
        });
    },
  ],
  'Provisioned concurrency': [
    ['aws_lambda_provisioned_concurrency_config'],
    (stack) => {
      const all = Object.values(resourcesOf(stack, 'aws_lambda_provisioned_concurrency_config'));
      expect(all).toHaveLength(2);
      for (const { qualifier } of all) expect(qualifier).toMatch(/^\$\{aws_lambda_alias\..*\.name\}$/);
    },
  ],
  'A second region': [
    [],
    (stack) => {
      expect(resource(stack, 'aws_dynamodb_table')).toMatchObject({
        stream_enabled: true,
        stream_view_type: 'NEW_AND_OLD_IMAGES',
        replica: [
          { region_name: 'eu-central-1', point_in_time_recovery: true, deletion_protection_enabled: true },
        ],
      });
    },
  ],
  'A budget': [
    ['aws_budgets_budget'],
    (stack) => {
      expect(resource(stack, 'aws_budgets_budget')).toMatchObject({
        limit_amount: '20',
        cost_filter: [{ name: 'TagKeyValue', values: ['user:system$data-api'] }],
        notification: [{ notification_type: 'ACTUAL' }, { notification_type: 'FORECASTED' }],
      });
    },
  ],
  'Something else': [
    ['aws_dynamodb_table'],
    (stack) => {
      expect(
        resource(stack, 'aws_dynamodb_table', { table_class: 'STANDARD_INFREQUENT_ACCESS' }),
      ).toMatchObject({ name: 'Archive-production', hash_key: 'id' });
      expect(ofFunctions(stack).map(({ ephemeral_storage }) => ephemeral_storage)).toEqual(
        expect.arrayContaining([{ size: 2048 }]),
      );
    },
  ],
};

test.each([...recipes.keys()])('%s', (heading) => {
  const [adds, check] = CHECKS[heading]!;
  const stack = withRecipe(heading);
  expect(added(stack)).toEqual(adds);
  check(stack);
});

test('every recipe is in the document', () => {
  expect([...recipes.keys()]).toEqual(Object.keys(CHECKS));
});
