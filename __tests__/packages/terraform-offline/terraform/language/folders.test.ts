import { addresses, folderWith, load, output } from './support';
import { loadConfigurations } from '../../../../../packages/terraform-offline/terraform/language/load';

it('reads .tf and .tf.json files together', async () => {
  const configuration = await load({
    'main.tf': 'resource "aws_sqs_queue" "a" { name = local.name }',
    'more.tf.json': {
      locals: { name: 'q' },
      resource: [{ aws_sqs_queue: [{ b: [{ name: '${local.name}2' }] }] }],
    },
    '.hidden.tf': 'not HCL {',
    'notes.txt': 'not HCL {',
  });
  expect(configuration.resources.map((resource) => [resource.address, resource.text('name')])).toEqual([
    ['aws_sqs_queue.a', 'q'],
    ['aws_sqs_queue.b', 'q2'],
  ]);
});

// https://developer.hashicorp.com/terraform/language/files/override
it('merges override files', async () => {
  const configuration = await load({
    'main.tf': `
      locals { stage = "prod" }
      resource "aws_lambda_function" "f" {
        function_name = "f"
        timeout       = 3
        environment {
          variables = { A = "a" }
        }
      }
    `,
    'dev_override.tf': `
      locals { stage = "dev" }
      resource "aws_lambda_function" "f" {
        timeout = 30
        environment {
          variables = { B = local.stage }
        }
      }
    `,
  });
  const [fn] = configuration.resources;
  expect([fn!.text('function_name'), fn!.number('timeout')]).toEqual(['f', 30]);
  expect(fn!.block('environment')!.textMap('variables')).toEqual({ B: 'dev' });
});

it('refuses what is declared twice, naming both files', async () => {
  const queue = 'resource "aws_sqs_queue" "q" {}';
  await expect(load({ 'a.tf': queue, 'b.tf': queue })).rejects.toThrow(
    'aws_sqs_queue.q is declared twice: in a.tf and b.tf',
  );
});

it('names the place of what is no HCL', async () => {
  await expect(load({ 'main.tf': 'resource "a" {\n  x = \n}' })).rejects.toThrow(/\/app\/main\.tf:2,7-3,1: /);
});

it('reads local modules, their modules, and what init has fetched', async () => {
  const configuration = await load({
    'main.tf': `
      module "users" {
        source   = "./modules/api"
        for_each = { a = "first", b = "second" }
        name     = each.value
      }
      module "fetched" {
        source  = "terraform-aws-modules/sqs/aws"
        version = "4.0.0"
      }
      output "names" { value = { for key, api in module.users : key => api.queue } }
      output "fetched" { value = module.fetched.name }
    `,
    'modules/api/main.tf': `
      variable "name" {}
      module "queue" {
        source = "../queue"
        name   = "\${var.name}-queue"
      }
      output "queue" { value = module.queue.name }
    `,
    'modules/queue/main.tf': `
      variable "name" {}
      resource "aws_sqs_queue" "q" { name = "\${var.name} of \${path.module}" }
      output "name" { value = aws_sqs_queue.q.name }
    `,
    '.terraform/modules/modules.json': {
      Modules: [
        { Key: '', Source: '', Dir: '.' },
        { Key: 'fetched', Source: 'registry.terraform.io/x', Dir: '.terraform/modules/fetched' },
      ],
    },
    '.terraform/modules/fetched/main.tf': 'output "name" { value = "fetched" }',
  });

  expect(addresses(configuration)).toEqual([
    'module.users["a"].module.queue.aws_sqs_queue.q',
    'module.users["b"].module.queue.aws_sqs_queue.q',
  ]);
  expect(output(configuration, 'names')).toEqual({
    a: 'first-queue of modules/queue',
    b: 'second-queue of modules/queue',
  });
  expect(output(configuration, 'fetched')).toBe('fetched');
  expect(configuration.resources[0]!.where).toBe(
    'modules/queue/main.tf: module.users["a"].module.queue.aws_sqs_queue.q',
  );
  expect(configuration.problems()).toEqual([]);
});

it('names a module that is not on this machine, and reads the rest', async () => {
  const configuration = await load({
    'main.tf': `
      module "vpc" { source = "terraform-aws-modules/vpc/aws" }
      module "gone" { source = "./gone" }
      resource "aws_sqs_queue" "q" {
        name = "q"
        tags = { vpc = module.vpc.id }
      }
    `,
  });
  const [queue] = configuration.resources;
  expect(queue!.text('name')).toBe('q');
  const missing =
    'module.vpc: its source terraform-aws-modules/vpc/aws is not on this machine: run "terraform init" in ';
  expect(() => queue!.value('tags')).toThrow(missing);
  expect(configuration.problems()).toEqual([
    expect.stringMatching(/^module\.gone: its source \.\/gone has no \.tf files: looked in .*\/app\/gone$/),
    expect.stringContaining(missing),
  ]);
});

it('reads files beside the configuration', async () => {
  const configuration = await load({
    'main.tf': `
      output "file" { value = file("\${path.module}/a/one.txt") }
      output "exists" { value = [fileexists("a/one.txt"), fileexists("a/none.txt")] }
      output "set" { value = fileset(path.module, "a/**/*.txt") }
      output "choice" { value = fileset("a", "{one,three}.txt") }
      output "base64" { value = filebase64("a/one.txt") }
      output "sha256" { value = filesha256("a/one.txt") }
      output "base64sha256" { value = filebase64sha256("a/one.txt") }
      output "template" { value = templatefile("list.tpl", { names = ["x", "y"], port = 80 }) }
      output "absolute" { value = abspath(path.root) == path.cwd }
    `,
    'a/one.txt': 'one\n',
    'a/deep/two.txt': 'two',
    'a/other.json': '{}',
    'list.tpl': '%{ for name in names ~}\nserver ${name}:${port}\n%{ endfor ~}\n',
  });
  const outputs = Object.fromEntries(configuration.outputs().map(({ name, value }) => [name, value()]));
  expect(outputs).toEqual({
    file: 'one\n',
    exists: [true, false],
    set: ['a/deep/two.txt', 'a/one.txt'],
    choice: ['one.txt'],
    base64: 'b25lCg==',
    sha256: '2c8b08da5ce60398e1f19af0e5dccc744df274b826abe585eaba68c525434806',
    base64sha256: 'LIsI2lzmA5jh8Zrw5dzMdE3ydLgmq+WF6rpoxSVDSAY=',
    template: 'server x:80\nserver y:80\n',
    absolute: true,
  });
});

it('says which file is not there', async () => {
  const configuration = await load({ 'main.tf': 'output "x" { value = file("none.txt") }' });
  expect(() => output(configuration, 'x')).toThrow(
    /^main\.tf: output\.x: file\("none\.txt"\): file: there is no file .*\/app\/none\.txt$/,
  );
});

it('knows the workspace', async () => {
  const files = { 'main.tf': 'output "x" { value = terraform.workspace }' };
  expect(output(await load(files), 'x')).toBe('default');
  expect(output(await load({ ...files, '.terraform/environment': 'staging\n' }), 'x')).toBe('staging');
  expect(output(await load(files, { environment: { TF_WORKSPACE: 'dev' } }), 'x')).toBe('dev');
  expect(output(await load(files, { workspace: 'own' }), 'x')).toBe('own');
});

it('says what it looked for in a folder without Terraform', async () => {
  await expect(loadConfigurations(folderWith({ 'a.txt': '' }))).rejects.toThrow(
    /^there is no Terraform in .*\/app: neither \.tf files nor stacks of CDKTF, which "cdktf synth" writes$/,
  );
});
