import { NodeFunction } from '../../../stacks/constructs/node-function';
import { Table } from '../../../stacks/constructs/table';
import { environment, type Environment } from '../../../stacks/environment';
import type { TableAction } from '../../../functions/shared/contract';
import { resource, resourcesOf, statements, synthesize } from '../../support/synth';

const tableNamed = (tableName: string, environment: Environment) => ({
  environment,
  tableName,
  partitionKey: 'id',
});

const withGrant = (...actions: TableAction[]) =>
  synthesize((stack, environment) => {
    const fn = new NodeFunction(stack, 'fn', {
      environment,
      functionName: 'Echo',
      bundle: 'data-api/store-data',
    });
    new Table(stack, 'other', tableNamed('Other', environment));
    new Table(stack, 'table', tableNamed('Things', environment)).grant(fn, ...actions);
  });

test('a table is on demand and recoverable to a point in time', () => {
  const stack = synthesize((stack, environment) => {
    new Table(stack, 'table', tableNamed('Things', environment));
  });
  expect(resource(stack, 'aws_dynamodb_table')).toEqual({
    name: 'Things',
    billing_mode: 'PAY_PER_REQUEST',
    hash_key: 'id',
    attribute: [{ name: 'id', type: 'S' }],
    point_in_time_recovery: { enabled: true },
    deletion_protection_enabled: false,
  });
});

test('production protects its tables from deletion, by DynamoDB and by Terraform', () => {
  const stack = synthesize((stack, environment) => {
    new Table(stack, 'table', tableNamed('Things', environment));
  }, environment('production'));
  expect(resource(stack, 'aws_dynamodb_table')).toMatchObject({
    name: 'Things-production',
    deletion_protection_enabled: true,
    lifecycle: { prevent_destroy: true },
  });
});

test('a grant allows exactly the actions named, on exactly that table', () => {
  const stack = withGrant('GetItem', 'Query');
  const [logicalId] = Object.entries(resourcesOf(stack, 'aws_dynamodb_table')).find(
    ([, t]) => t.name === 'Things',
  )!;
  const onTables = statements(resource(stack, 'aws_iam_role_policy').policy).filter(({ Action }) =>
    Action.some((action) => action.startsWith('dynamodb:')),
  );
  expect(onTables).toEqual([
    {
      Effect: 'Allow',
      Action: ['dynamodb:GetItem', 'dynamodb:Query'],
      Resource: `\${aws_dynamodb_table.${logicalId}.arn}`,
    },
  ]);
});

test('a grant of nothing is refused', () => {
  expect(() => withGrant()).toThrow(
    "test/table: grant() received no action for test/fn; name at least one, such as 'GetItem'",
  );
});
