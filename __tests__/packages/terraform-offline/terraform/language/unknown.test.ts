import { load, output } from './support';

const ACCOUNT = `
  data "aws_ssm_parameter" "token" { name = "/token" }
  resource "aws_sqs_queue" "q" {
    name   = "q-\${data.aws_ssm_parameter.token.value}"
    policy = jsonencode({ Resource = aws_sqs_queue.q.arn })
    tags   = { known = "yes", token = data.aws_ssm_parameter.token.value }
  }
  locals { both = { known = 1, token = data.aws_ssm_parameter.token.value } }
  output "known" { value = local.both.known }
  output "token" { value = local.both.token }
  output "tried" { value = try(data.aws_ssm_parameter.token.value, "no error") }
  output "chosen" { value = true ? "a" : data.aws_ssm_parameter.token.value }
`;
const TOKEN =
  'data.aws_ssm_parameter.token has no attribute value that is known here: give it with --value data.aws_ssm_parameter.token.value=…';

it('fails only what uses a value that is not known, and says what it is', async () => {
  const configuration = await load({ 'main.tf': ACCOUNT });
  const [queue] = configuration.all('aws_sqs_queue');

  expect(() => queue!.value('name')).toThrow(`main.tf: aws_sqs_queue.q.name: ${TOKEN}`);
  expect(queue!.names).toEqual(['name', 'policy', 'tags']);
  expect(queue!.map('tags')!.text('known')).toBe('yes');
  expect(() => queue!.textMap('tags')).toThrow(`main.tf: aws_sqs_queue.q.tags.token: ${TOKEN}`);
  expect(output(configuration, 'known')).toBe(1);
  expect(output(configuration, 'chosen')).toBe('a');
  expect(() => output(configuration, 'token')).toThrow(TOKEN);
  // As in a plan: what is not known is no error.
  expect(() => output(configuration, 'tried')).toThrow(TOKEN);
});

it('takes what is given for it', async () => {
  const configuration = await load(
    { 'main.tf': ACCOUNT },
    { values: { 'data.aws_ssm_parameter.token.value': 'abc', 'aws_sqs_queue.q.arn': 'arn:q' } },
  );
  const [queue] = configuration.all('aws_sqs_queue');
  expect(queue!.text('name')).toBe('q-abc');
  expect(queue!.json('policy')).toEqual({ Resource: 'arn:q' });
});

it('takes lists, objects and members of an attribute', async () => {
  const configuration = await load(
    {
      'main.tf': `
        data "aws_availability_zones" "all" {}
        data "terraform_remote_state" "network" { backend = "s3" }
        output "zones" { value = data.aws_availability_zones.all.names[1] }
        output "vpc" { value = data.terraform_remote_state.network.outputs.vpc }
      `,
    },
    {
      values: {
        'data.aws_availability_zones.all.names': '["a", "b"]',
        'data.terraform_remote_state.network.outputs.vpc': 'vpc-1',
      },
    },
  );
  expect(output(configuration, 'zones')).toBe('b');
  expect(output(configuration, 'vpc')).toBe('vpc-1');
});

it('asks what AWS would compute, of what is not set alone', async () => {
  const asked: string[] = [];
  const configuration = await load(
    {
      'main.tf': `
        resource "aws_iam_role" "r" { name = "r" }
        output "arn" { value = aws_iam_role.r.arn }
        output "name" { value = aws_iam_role.r.name }
      `,
    },
    {
      computed(resource, attribute) {
        asked.push(`${resource.address}.${attribute}`);
        return `arn:aws:iam::000000000000:role/${resource.text('name')}`;
      },
    },
  );
  expect(output(configuration, 'arn')).toBe('arn:aws:iam::000000000000:role/r');
  expect(output(configuration, 'name')).toBe('r');
  expect(asked).toEqual(['aws_iam_role.r.arn']);
});

it('names the resource of which there is no telling how many there are', async () => {
  const configuration = await load({
    'main.tf': `
      data "aws_ssm_parameter" "many" {}
      resource "aws_sqs_queue" "q" {
        count = data.aws_ssm_parameter.many.value
        name  = "q"
      }
      resource "aws_sns_topic" "t" { name = "t" }
      output "first" { value = aws_sqs_queue.q[0].name }
    `,
  });
  const [queue] = configuration.all('aws_sqs_queue');
  const [topic] = configuration.all('aws_sns_topic');
  expect(() => queue!.value('name')).toThrow('data.aws_ssm_parameter.many has no attribute value');
  expect(() => output(configuration, 'first')).toThrow('data.aws_ssm_parameter.many has no attribute value');
  expect(topic!.text('name')).toBe('t');
});

it('evaluates no function that it does not know', async () => {
  const configuration = await load({
    'main.tf': 'output "x" { value = provider::other::made_up("a") }\noutput "y" { value = "y" }',
  });
  expect(() => output(configuration, 'x')).toThrow(
    'the function provider::other::made_up is not evaluated here',
  );
  expect(output(configuration, 'y')).toBe('y');
});

it.each([
  ['aws_sqs_queue.q.redrive', 'aws_sqs_queue.q has no attribute redrive: it is not set'],
  ['aws_sqs_queue.other.arn', 'aws_sqs_queue.other: there is no aws_sqs_queue.other'],
  ['data.aws_region.here.name', 'there is no data.aws_region'],
  ['var.other', 'there is no var.other'],
  ['local.other', 'there is no local.other'],
  ['module.other.x', 'there is no module.other'],
  ['each.key', 'there is no each here: the block has no for_each'],
  ['plain', 'there is no plain: is it var.plain, local.plain, or a text without its quotes?'],
  ['local.a', 'local.a refers to itself'],
  ['upper(local.list)', 'upper(local.list): upper: a string is needed here, and this is a list'],
  ['local.list[2]', 'local.list[2]: there is no element 2: the list has 1'],
  ['{ a = 1 }.b', '{ a = 1 }.b: there is no "b": there is a'],
  ['1 / 0', '1 / 0: a number cannot be divided by zero'],
  ['substr("a")', 'substr("a"): substr: takes 3 arguments, and is given 1'],
])('says of %s what is wrong, and where', async (expression, problem) => {
  const configuration = await load({
    'main.tf': `
      resource "aws_sqs_queue" "q" { name = "q" }
      locals {
        a    = local.b
        b    = local.a
        list = ["x"]
      }
      output "x" { value = ${expression} }
    `,
  });
  expect(() => output(configuration, 'x')).toThrow(problem);
  expect(() => output(configuration, 'x')).toThrow(/^main\.tf: output\.x: /);
});
