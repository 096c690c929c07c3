import { reviewPlan } from '../../../tools/plan/review';
import { configurationOf, planOf } from './fixtures';

const sentences = (name: string): string[] =>
  reviewPlan(planOf(name)).refusals.map(({ rule, address, sentence }) => `${rule}: ${address} ${sentence}`);

it('refuses a renamed table, and says what would be lost', () => {
  expect(sentences('renamed-table')).toContain(
    'loss: aws_dynamodb_table.table_43360BC0 replaces the table MyDataTable (forced by name): every item in it would be lost',
  );
});

it('refuses a renamed stage: its URL is the one that clients call', () => {
  expect(sentences('renamed-stage')).toEqual([
    'loss: aws_api_gateway_stage.api_stage_9CA2AE48 replaces the stage prod (forced by stage_name): its URL, which every client uses, would be lost',
  ]);
});

it('refuses to remove what holds something, and says it once of an API and all its parts', () => {
  expect(sentences('removed')).toEqual([
    'loss: aws_api_gateway_rest_api.api_4F59AA66 destroys the API data-api: its URL, which every client uses, would be lost',
    'loss: aws_cloudwatch_log_group.RetrieveDataFunction_logs_89DE6966 destroys the log group /aws/lambda/RetrieveDataFunction: every line in it would be lost',
    'loss: aws_cloudwatch_log_group.StoreDataFunction_logs_4D80F7FF destroys the log group /aws/lambda/StoreDataFunction: every line in it would be lost',
    'loss: aws_dynamodb_table.table_43360BC0 destroys the table MyDataTable: every item in it would be lost',
    'loss: aws_lambda_function.RetrieveDataFunction_function_BB535B01 destroys the function RetrieveDataFunction: who calls it by name would get an error, and its versions would be lost',
    'loss: aws_lambda_function.StoreDataFunction_function_EA2B9F5F destroys the function StoreDataFunction: who calls it by name would get an error, and its versions would be lost',
  ]);
});

it('refuses everything that protects less than before', () => {
  expect(sentences('weakened').map((sentence) => sentence.replace(/^(\S+ \S+ .*?): .*$/, '$1'))).toEqual([
    'protection: aws_api_gateway_method.api_method-POST-data_0C2EBB33 turns off authorization',
    'loss: aws_api_gateway_method_settings.api_settings_D43FD8E8 destroys the throttling and logs of a stage',
    'protection: aws_dynamodb_table.table_43360BC0 turns off deletion protection',
    'protection: aws_dynamodb_table.table_43360BC0 turns off point-in-time recovery',
    'iam: aws_iam_role.RetrieveDataFunction_role_E1269D0D would allow sts:AssumeRole for AWS arn:aws:iam::999999999999:root',
    'iam: aws_iam_role_policy.RetrieveDataFunction_policy_B98E57B7 would allow dynamodb:* on arn:aws:dynamodb:us-east-1:123456789012:table/MyDataTable for the role RetrieveDataFunction-role',
    'iam: aws_iam_role_policy.StoreDataFunction_policy_087ECB57 would allow dynamodb:Scan on * for the role StoreDataFunction-role',
    'iam: aws_lambda_permission.RetrieveDataFunction_permission-GET-data--id_F149803C would allow lambda:InvokeFunction on RetrieveDataFunction for Service apigateway.amazonaws.com',
    'iam: aws_lambda_permission.StoreDataFunction_permission-POST-data_70BAA971 would allow lambda:InvokeFunction on StoreDataFunction for Service apigateway.amazonaws.com if ArnLike aws:sourcearn arn:aws:execute-api:us-east-1:123456789012:fipvpnnp7x/*/*/*',
  ]);
});

it('lists what changes and, of a replacement, what forces it', () => {
  const { changes, outputs } = reviewPlan(planOf('renamed-table'));

  expect(changes.map(({ action, address, attributes }) => [action, address, ...attributes])).toEqual([
    ['replace', 'aws_dynamodb_table.table_43360BC0', 'name'],
    ['update', 'aws_iam_role_policy.RetrieveDataFunction_policy_B98E57B7', 'policy'],
    ['update', 'aws_iam_role_policy.StoreDataFunction_policy_087ECB57', 'policy'],
    ['update', 'aws_lambda_function.RetrieveDataFunction_function_BB535B01', 'environment'],
    ['update', 'aws_lambda_function.StoreDataFunction_function_EA2B9F5F', 'environment'],
  ]);
  expect(outputs).toEqual(['dynamodb_table_name']);
});

it('finds nothing in a plan of nothing', () => {
  expect(reviewPlan(planOf('unchanged'))).toEqual({
    changes: [],
    outputs: [],
    refusals: [],
    gains: [],
    notes: [],
    isFirst: false,
  });
});

describe('policies that the plan does not know yet', () => {
  it('are read in the configuration', () => {
    expect(reviewPlan(planOf('first'), configurationOf('first')).refusals).toEqual([]);
  });

  it('are reviewed there like any other', () => {
    const configuration = configurationOf('first');
    const policy = configuration.resource.aws_iam_role_policy!.StoreDataFunction_policy_087ECB57!;
    policy.policy = String(policy.policy).replace('dynamodb:PutItem', 'dynamodb:*');

    expect(reviewPlan(planOf('first'), configuration).refusals).toMatchObject([
      {
        rule: 'iam',
        address: 'aws_iam_role_policy.StoreDataFunction_policy_087ECB57',
        sentence:
          'would allow dynamodb:* on ${aws_dynamodb_table.table_43360BC0.arn} for the role StoreDataFunction-role: the pattern takes in actions that nobody named, and those that AWS adds later',
      },
    ]);
  });

  it('are allowed as they stand there, and no other', () => {
    const configuration = configurationOf('first');
    const policy = configuration.resource.aws_iam_role_policy!.StoreDataFunction_policy_087ECB57!;
    const written = String(policy.policy);
    const digest = (action: string): string => {
      policy.policy = written.replace('dynamodb:PutItem', action);
      return reviewPlan(planOf('first'), configuration).refusals[0]!.digest;
    };
    expect(digest('dynamodb:*')).toBe(digest('dynamodb:*'));
    expect(digest('dynamodb:*')).not.toBe(digest('dynamodb:Put*'));
  });

  it('are read in a data source of the configuration too, as far as that is written out', () => {
    const configuration = configurationOf('first');
    const role = configuration.resource.aws_iam_role_policy!.StoreDataFunction_policy_087ECB57!;
    role.policy = '${data.aws_iam_policy_document.store.json}';
    const refused = (statement: object): string[] => {
      configuration.data.aws_iam_policy_document = { store: { statement } };
      return reviewPlan(planOf('first'), configuration).refusals.map(({ sentence }) => sentence);
    };
    const table = '${aws_dynamodb_table.table_43360BC0.arn}';

    expect(refused([{ actions: ['dynamodb:PutItem'], resources: [table] }])).toEqual([]);
    expect(refused({ effect: 'Allow', not_actions: ['iam:*'], resources: [table] })).toHaveLength(1);
    expect(refused({ actions: ['dynamodb:PutItem'], resources: ['${var.table}'] })).toEqual([
      expect.stringContaining('nobody can review'),
    ]);
  });

  it('are refused where the configuration is not at hand', () => {
    const refusals = reviewPlan(planOf('first')).refusals;

    expect(refusals.map(({ address }) => address)).toEqual([
      'aws_iam_role_policy.RetrieveDataFunction_policy_B98E57B7',
      'aws_iam_role_policy.StoreDataFunction_policy_087ECB57',
    ]);
    expect(refusals[0]?.sentence).toContain('nobody can review');
  });
});
