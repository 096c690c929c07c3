import { addresses, load, output } from './support';

it('repeats a resource by count, by a map and by a set', async () => {
  const configuration = await load({
    'main.tf': `
      resource "aws_sqs_queue" "counted" {
        count = 2
        name  = "q\${count.index}"
      }
      resource "aws_sqs_queue" "mapped" {
        for_each = { a = "first", b = "second" }
        name     = "\${each.key}-\${each.value}"
      }
      resource "aws_sqs_queue" "named" {
        for_each = toset(["x"])
        name     = each.value
      }
      resource "aws_sqs_queue" "none" {
        count = 0
        name  = "none"
      }
      output "names" {
        value = {
          counted = aws_sqs_queue.counted[*].name
          one     = aws_sqs_queue.counted[1].name
          mapped  = { for key, queue in aws_sqs_queue.mapped : key => queue.name }
          named   = aws_sqs_queue.named["x"].name
          values  = values(aws_sqs_queue.mapped)[*].name
          none    = one(aws_sqs_queue.none[*].name)
        }
      }
    `,
  });

  expect(addresses(configuration)).toEqual([
    'aws_sqs_queue.counted[0]',
    'aws_sqs_queue.counted[1]',
    'aws_sqs_queue.mapped["a"]',
    'aws_sqs_queue.mapped["b"]',
    'aws_sqs_queue.named["x"]',
  ]);
  expect(output(configuration, 'names')).toEqual({
    counted: ['q0', 'q1'],
    one: 'q1',
    mapped: { a: 'a-first', b: 'b-second' },
    named: 'x',
    values: ['a-first', 'b-second'],
    none: null,
  });
});

const BLOCKS = `
  variable "keys" { default = ["a", "b"] }
  resource "aws_dynamodb_table" "t" {
    name     = "t"
    hash_key = "id"
    attribute {
      name = "id"
      type = "S"
    }
    dynamic "attribute" {
      for_each = var.keys
      iterator = key
      content {
        name = key.value
        type = key.key == 0 ? "S" : "N"
      }
    }
    dynamic "ttl" {
      for_each = []
      content {
        attribute_name = "expires"
      }
    }
    tags       = { dynamic = "no block" }
    kms_key_id = null
    depends_on = [aws_dynamodb_table.other]
    lifecycle {
      prevent_destroy = true
    }
    provisioner "local-exec" {
      command = "exit 1"
    }
  }
`;

it('reads blocks, written and dynamic', async () => {
  const [table] = (await load({ 'main.tf': BLOCKS })).resources;
  expect(table!.blocks('attribute').map((block) => [block.text('name'), block.text('type')])).toEqual([
    ['id', 'S'],
    ['a', 'S'],
    ['b', 'N'],
  ]);
  expect(table!.block('ttl')).toBeUndefined();
  expect(table!.textMap('tags')).toEqual({ dynamic: 'no block' });
});

it('lists what is set, without what is null, empty or Terraform’s own', async () => {
  const [table] = (await load({ 'main.tf': BLOCKS })).resources;
  expect(table!.names).toEqual(['attribute', 'hash_key', 'name', 'tags']);
  expect(table!.blocks('attribute')[1]!.names).toEqual(['name', 'type']);
});

it.each<[form: string, block: unknown]>([
  ['an object', { mode: 'Active' }],
  ['a list of one', [{ mode: 'Active' }]],
])('reads a block of JSON that is %s, alone and by its index', async (_, block) => {
  const configuration = await load({
    'main.tf.json': {
      resource: { aws_lambda_function: { f: { tracing_config: block } } },
      output: {
        index: { value: '${aws_lambda_function.f.tracing_config[0].mode}' },
        splat: { value: '${aws_lambda_function.f.tracing_config[*].mode}' },
      },
    },
  });
  expect(configuration.resources[0]!.block('tracing_config')!.text('mode')).toBe('Active');
  expect(output(configuration, 'index')).toBe('Active');
  expect(output(configuration, 'splat')).toEqual(['Active']);
});

it('traces an attribute to the resources that it was made from', async () => {
  const configuration = await load(
    {
      'main.tf': `
        resource "aws_lambda_function" "f" {
          for_each      = toset(["a", "b"])
          function_name = each.key
        }
        resource "aws_sqs_queue" "other" { name = "other" }
        locals { arns = { for key, fn in aws_lambda_function.f : key => "\${fn.arn}:live" } }
        module "routes" {
          source = "./routes"
          arn    = local.arns["b"]
        }
      `,
      'routes/main.tf': `
        variable "arn" {}
        resource "aws_apigatewayv2_integration" "i" { integration_uri = "uri/\${var.arn}" }
      `,
    },
    { computed: (resource, attribute) => (attribute === 'arn' ? `arn of ${resource.address}` : undefined) },
  );

  const [integration] = configuration.all('aws_apigatewayv2_integration');
  expect(integration!.text('integration_uri')).toBe('uri/arn of aws_lambda_function.f["b"]:live');
  const references = integration!.references('integration_uri');
  expect(references).toContainEqual({ address: 'aws_lambda_function.f["b"]', attribute: 'arn' });
  expect(references.map(({ address }) => address)).not.toContain('aws_sqs_queue.other');
  expect(configuration.resource(references[0]!)!.type).toBe('aws_lambda_function');
});

it('gives each resource the region of its provider, or its own', async () => {
  const configuration = await load({
    'main.tf': `
      variable "region" { default = "eu-west-1" }
      provider "aws" { region = var.region }
      provider "aws" {
        alias  = "west"
        region = "us-west-2"
      }
      resource "aws_sns_topic" "default" {}
      resource "aws_sns_topic" "west" { provider = aws.west }
      resource "aws_sns_topic" "own" { region = "ap-south-1" }
      module "inherits" { source = "./topic" }
      module "passed" {
        source    = "./topic"
        providers = { aws = aws.west }
      }
    `,
    'topic/main.tf': 'resource "aws_sns_topic" "topic" {}',
  });
  expect(configuration.region).toBe('eu-west-1');
  expect(Object.fromEntries(configuration.resources.map(({ address, region }) => [address, region]))).toEqual(
    {
      'aws_sns_topic.default': 'eu-west-1',
      'aws_sns_topic.west': 'us-west-2',
      'aws_sns_topic.own': 'ap-south-1',
      'module.inherits.aws_sns_topic.topic': 'eu-west-1',
      'module.passed.aws_sns_topic.topic': 'us-west-2',
    },
  );
});

it('takes the region of the environment when the provider names none', async () => {
  const main = { 'main.tf': 'provider "aws" {}' };
  expect((await load(main)).region).toBe('us-east-1');
  expect((await load(main, { environment: { AWS_REGION: 'eu-north-1' } })).region).toBe('eu-north-1');
});

it('says which outputs are sensitive', async () => {
  const configuration = await load({
    'main.tf': `
      output "open" { value = 1 }
      output "secret" {
        value     = 2
        sensitive = true
      }
    `,
  });
  expect(configuration.outputs().map(({ name, sensitive }) => [name, sensitive])).toEqual([
    ['open', false],
    ['secret', true],
  ]);
});

it('makes identifiers that differ and stay', async () => {
  const files = { 'main.tf': 'resource "aws_api_gateway_rest_api" "a" { count = 2 }' };
  const ids = (await load(files)).resources.map((resource) => resource.uniqueId(10));
  expect(ids).toEqual([expect.stringMatching(/^[a-z0-9]{10}$/), expect.stringMatching(/^[a-z0-9]{10}$/)]);
  expect(ids[0]).not.toBe(ids[1]);
  expect((await load(files)).resources.map((resource) => resource.uniqueId(10))).toEqual(ids);
});
