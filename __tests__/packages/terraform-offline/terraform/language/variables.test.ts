import { load, output } from './support';

const NAME = `
  variable "name" { default = "from the default" }
  output "name" { value = var.name }
`;

// https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence
const SOURCES: readonly (readonly [what: string, files: Record<string, string>, options: object])[] = [
  ['the environment', {}, { environment: { TF_VAR_name: 'from the environment' } }],
  ['terraform.tfvars', { 'terraform.tfvars': 'name = "from terraform.tfvars"' }, {}],
  ['terraform.tfvars.json', { 'terraform.tfvars.json': '{"name": "from terraform.tfvars.json"}' }, {}],
  ['a.auto.tfvars', { 'a.auto.tfvars': 'name = "from a.auto.tfvars"' }, {}],
  ['b.auto.tfvars.json', { 'b.auto.tfvars.json': '{"name": "from b.auto.tfvars.json"}' }, {}],
  ['a file of its own', { 'own.tfvars': 'name = "from a file of its own"' }, { varFiles: ['own.tfvars'] }],
  ['the options', {}, { vars: { name: 'from the options' } }],
];

it('takes the default when nothing is given', async () => {
  expect(output(await load({ 'main.tf': NAME }), 'name')).toBe('from the default');
});

it.each(SOURCES.map(([what], i) => [what, i] as const))(
  'takes %s before all that come before it',
  async (what, i) => {
    const sources = SOURCES.slice(0, i + 1);
    const files = Object.assign({ 'main.tf': NAME }, ...sources.map(([, own]) => own)) as Record<
      string,
      string
    >;
    const options = Object.assign({}, ...sources.map(([, , own]) => own)) as object;

    expect(output(await load(files, options), 'name')).toBe(`from ${what}`);
  },
);

// https://developer.hashicorp.com/terraform/language/expressions/type-constraints
it.each<[type: string, given: string, value: unknown]>([
  ['string', 'true', 'true'],
  ['number', '5', 5],
  ['bool', 'true', true],
  ['list(string)', '["a", 1]', ['a', '1']],
  ['set(number)', '[2, "1", 2]', [1, 2]],
  ['map(string)', '{a = 1}', { a: '1' }],
  ['tuple([string, number])', '[1, "2"]', ['1', 2]],
  ['object({a = string})', '{a = 1, more = 2}', { a: '1' }],
  ['object({a = optional(string), b = optional(number, 3)})', '{}', { a: null, b: 3 }],
  ['map(object({a = optional(list(string), ["x"])}))', '{k = {}}', { k: { a: ['x'] } }],
  ['any', '{a = [1, "b"]}', { a: [1, 'b'] }],
  ['list', '[1]', [1]],
])('converts to %s: %s', async (type, given, value) => {
  const main = `variable "v" { type = ${type} }\noutput "v" { value = var.v }`;
  expect(output(await load({ 'main.tf': main }, { vars: { v: given } }), 'v')).toEqual(value);
});

it.each<[type: string, given: string, problem: string]>([
  ['number', 'many', 'var.v: a number is needed here, and this is "many"'],
  ['object({a = string})', '{}', 'var.v: the attribute "a" is needed and is not there'],
  ['map(number)', '{a = "x"}', 'var.v: ["a"]: a number is needed here, and this is "x"'],
  ['tuple([string])', '[]', 'var.v: a tuple of 1 is needed here, and this has 0'],
])('refuses for %s: %s', async (type, given, problem) => {
  const configuration = await load({ 'main.tf': `variable "v" { type = ${type} }` }, { vars: { v: given } });
  expect(configuration.problems()).toEqual([problem]);
});

it('asks for a variable that has no value, and fails nothing else', async () => {
  const configuration = await load({
    'main.tf': `
      variable "missing" {}
      resource "aws_sns_topic" "t" {
        name = "topic"
        kms_master_key_id = var.missing
      }
    `,
  });

  const problem =
    'var.missing: it has no value: give it with --var missing=…, in terraform.tfvars or as TF_VAR_missing';
  expect(configuration.problems()).toEqual([problem]);
  const [topic] = configuration.resources;
  expect(topic!.text('name')).toBe('topic');
  expect(() => topic!.text('kms_master_key_id')).toThrow(
    `main.tf: aws_sns_topic.t.kms_master_key_id: ${problem}`,
  );
});

it('holds a variable to its validation', async () => {
  const main = `
    variable "stage" {
      validation {
        condition     = contains(["dev", "prod"], var.stage)
        error_message = "There is no stage \${var.stage}."
      }
    }
    output "stage" { value = var.stage }
  `;

  expect(output(await load({ 'main.tf': main }, { vars: { stage: 'dev' } }), 'stage')).toBe('dev');
  const wrong = await load({ 'main.tf': main }, { vars: { stage: 'test' } });
  expect(wrong.problems()).toEqual(['var.stage: There is no stage test.']);
  expect(() => output(wrong, 'stage')).toThrow('There is no stage test.');
});

it('takes the default for null where null is not wanted', async () => {
  const main = `
    module "m" {
      source = "./m"
      size   = null
    }
    output "size" { value = module.m.size }
  `;
  const child = (nullable: boolean) => `
    variable "size" {
      default  = 3
      nullable = ${nullable}
    }
    output "size" { value = var.size }
  `;

  const sizes = await Promise.all(
    [true, false].map(async (nullable) =>
      output(await load({ 'main.tf': main, 'm/main.tf': child(nullable) }), 'size'),
    ),
  );
  expect(sizes).toEqual([null, 3]);
});

it('takes a default in JSON literally', async () => {
  const configuration = await load({
    'main.tf.json': {
      variable: { v: { type: 'string', default: '${not.a.reference}' } },
      output: { v: { value: '${var.v}' } },
    },
  });
  expect(output(configuration, 'v')).toBe('${not.a.reference}');
});

it('names a file of variables that is not there', async () => {
  await expect(load({ 'main.tf': NAME }, { varFiles: ['prod.tfvars'] })).rejects.toThrow(
    /there is no file of variables .*\/app\/prod\.tfvars$/,
  );
});
