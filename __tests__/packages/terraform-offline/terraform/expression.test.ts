import { load } from './support';

const resource = {
  aws_dynamodb_table: { books: { name: 'Books', hash_key: 'id', attribute: [{ name: 'id', type: 'S' }] } },
  aws_cloudwatch_log_group: {
    'with-hyphen_1': {
      name: '/aws/${aws_dynamodb_table.books.name}',
      retention_in_days: 7,
      tags: { 'the key': 'tagged' },
    },
    itself: { name: '${aws_cloudwatch_log_group.itself.name}' },
  },
  aws_apigatewayv2_api: {
    api: { name: 'api', protocol_type: 'HTTP', cors_configuration: { allow_origins: ['https://a.example'] } },
  },
  aws_apigatewayv2_stage: {
    stage: { api_id: '${aws_apigatewayv2_api.api.id}', name: '$default', auto_deploy: true },
  },
};
const data = { aws_caller_identity: { me: {} }, aws_region: { here: {} } };

async function evaluate(value: unknown): Promise<unknown> {
  return (await load({ resource, data, output: { value: { value } } })).outputs.value;
}

// https://developer.hashicorp.com/terraform/language/expressions/references
it.each<[value: unknown, resolved: unknown]>([
  ['plain', 'plain'],
  [3, 3],
  [null, null],
  ['${aws_dynamodb_table.books.name}', 'Books'],
  ['${aws_dynamodb_table.books.arn}', 'arn:aws:dynamodb:eu-west-1:000000000000:table/Books'],
  ['${aws_dynamodb_table.books.attribute[0].name}', 'id'],
  ['${aws_dynamodb_table.books.attribute.0.name}', 'id'],
  ['${aws_apigatewayv2_api.api.cors_configuration[0].allow_origins}', ['https://a.example']],
  ['${aws_cloudwatch_log_group.with-hyphen_1.name}', '/aws/Books'],
  ['${aws_cloudwatch_log_group.with-hyphen_1.retention_in_days}', 7],
  ['${aws_cloudwatch_log_group.with-hyphen_1.tags["the key"]}', 'tagged'],
  ['${data.aws_caller_identity.me.account_id}', '000000000000'],
  [
    'in ${data.aws_region.here.region} for ${aws_cloudwatch_log_group.with-hyphen_1.retention_in_days} days',
    'in eu-west-1 for 7 days',
  ],
  [{ list: ['${aws_dynamodb_table.books.id}'] }, { list: ['Books'] }],
  ['${upper(aws_dynamodb_table.books.name)}', 'BOOKS'],
  ['${join("}", ["a", "b"])}', 'a}b'],
  ['%{ if true }yes%{ endif }', 'yes'],
  // https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences
  ['$${aws_dynamodb_table.books.name} %%{if}', '${aws_dynamodb_table.books.name} %{if}'],
  ['$context.error.messageString costs 5$', '$context.error.messageString costs 5$'],
])('%j resolves to %j', async (value, resolved) => {
  expect(await evaluate(value)).toEqual(resolved);
});

it.each<[value: string, error: string]>([
  ['${aws_dynamodb_table.other.arn}', 'there is no aws_dynamodb_table.other'],
  ['${aws_dynamodb_table.books.export_arn}', 'aws_dynamodb_table.books has no attribute export_arn'],
  [
    '${aws_dynamodb_table.books.attribute[1].name}',
    'aws_dynamodb_table.books.attribute[1]: there is no element 1: the list has 1',
  ],
  ['${var.name}', 'there is no var.name'],
  ['${unheard_of(aws_dynamodb_table.books.name)}', 'the function unheard_of is not evaluated here'],
  ['%{ if true }yes', 'cannot read the template %{ if true }yes'],
  ['${aws_dynamodb_table.books.name', 'cannot read the template ${aws_dynamodb_table.books.name'],
  [
    'the ${aws_dynamodb_table.books.attribute}',
    'the ${aws_dynamodb_table.books.attribute}: a string is needed here, and this is a list',
  ],
  ['${aws_cloudwatch_log_group.itself.name}', 'test: aws_cloudwatch_log_group.itself.name refers to itself'],
])('%s is refused, saying where it stands and why', async (value, error) => {
  const output = { value: { value }, other: { value: 'there' } };
  const { outputs, unserved } = await load({ resource, data, output });
  expect(outputs).toEqual({ other: 'there' });
  expect(unserved).toEqual([
    {
      address: 'test: output.value',
      reason: expect.stringMatching(/^test: output\.value: /) as string,
      effect: 'the output is missing',
    },
  ]);
  expect(unserved[0]!.reason).toContain(error);
});
