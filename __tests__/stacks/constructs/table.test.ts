import { NodeFunction } from '../../../stacks/constructs/node-function';
import { Table } from '../../../stacks/constructs/table';
import { environment, withName, type Environment } from '../../../stacks/environment';
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
    on_demand_throughput: { max_read_request_units: 1000, max_write_request_units: 500 },
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

describe('a table with a sort key, an index and an expiry', () => {
  const build = (index: string, settings = environment()) =>
    synthesize((stack, environment) => {
      const bundle = 'data-api/store-data';
      const fn = new NodeFunction(stack, 'fn', { environment, functionName: 'Echo', bundle });
      const table = new Table(stack, 'table', {
        ...tableNamed('Things', environment),
        sortKey: { name: 'at', type: 'N' },
        indexes: [
          { indexName: 'by-owner', partitionKey: 'owner', sortKey: { name: 'at', type: 'N' } },
          { indexName: 'by-place', partitionKey: 'place' },
        ],
        ttlAttribute: 'expires',
      });
      table.grantIndex(fn, index, 'Query');
    }, settings);

  test('declares each attribute of its keys once', () => {
    expect(resource(build('by-owner'), 'aws_dynamodb_table')).toMatchObject({
      hash_key: 'id',
      range_key: 'at',
      attribute: [
        { name: 'id', type: 'S' },
        { name: 'at', type: 'N' },
        { name: 'owner', type: 'S' },
        { name: 'place', type: 'S' },
      ],
      global_secondary_index: [
        { name: 'by-owner', hash_key: 'owner', range_key: 'at', projection_type: 'ALL' },
        { name: 'by-place', hash_key: 'place', projection_type: 'ALL' },
      ],
      ttl: { attribute_name: 'expires', enabled: true },
    });
  });

  test('bounds its indexes as itself', () => {
    const { on_demand_throughput, global_secondary_index } = resource(
      build('by-owner'),
      'aws_dynamodb_table',
    );
    for (const index of global_secondary_index as Record<string, unknown>[])
      expect(index.on_demand_throughput).toEqual(on_demand_throughput);
  });

  test('grants an index, and not the table', () => {
    const granted = statements(resource(build('by-place'), 'aws_iam_role_policy').policy);
    expect(granted.filter(({ Action }) => Action.some((action) => action.startsWith('dynamodb:')))).toEqual([
      {
        Effect: 'Allow',
        Action: ['dynamodb:Query'],
        Resource: expect.stringMatching(/^\$\{aws_dynamodb_table\.\w+\.arn\}\/index\/by-place$/) as string,
      },
    ]);
  });

  test('has no index that it was not given', () => {
    expect(() => build('by-colour')).toThrow(
      'test/table: grantIndex() received the index by-colour for test/fn; the table has by-owner, by-place',
    );
  });
});

describe("with a key of one's own", () => {
  const kmsKeyArn = 'arn:aws:kms:us-east-1:123456789012:key/abc';
  const keyed = (...actions: TableAction[]) =>
    synthesize(
      (stack, environment) => {
        const bundle = 'data-api/store-data';
        const fn = new NodeFunction(stack, 'fn', { environment, functionName: 'Echo', bundle });
        new Table(stack, 'table', tableNamed('Things', environment)).grant(fn, ...actions);
      },
      withName('default', { ...environment(), kmsKeyArn }),
    );
  const throughTable = (stack: ReturnType<typeof keyed>) =>
    statements(resource(stack, 'aws_iam_role_policy').policy).filter(
      ({ Resource, Action }) => Resource === kmsKeyArn && Action.length > 1,
    );

  test('the table is encrypted with it', () => {
    expect(resource(keyed('GetItem'), 'aws_dynamodb_table').server_side_encryption).toEqual({
      enabled: true,
      kms_key_arn: kmsKeyArn,
    });
  });

  test('who reads may decrypt, who writes may encrypt, and only through DynamoDB', () => {
    const Condition = { StringEquals: { 'kms:ViaService': 'dynamodb.us-east-1.amazonaws.com' } };
    expect(throughTable(keyed('GetItem', 'Query'))).toEqual([
      { Effect: 'Allow', Action: ['kms:Decrypt', 'kms:DescribeKey'], Resource: kmsKeyArn, Condition },
    ]);
    expect(throughTable(keyed('PutItem'))).toEqual([
      {
        Effect: 'Allow',
        Action: [
          'kms:Decrypt',
          'kms:DescribeKey',
          'kms:Encrypt',
          'kms:GenerateDataKey',
          'kms:ReEncryptFrom',
          'kms:ReEncryptTo',
        ],
        Resource: kmsKeyArn,
        Condition,
      },
    ]);
  });
});
