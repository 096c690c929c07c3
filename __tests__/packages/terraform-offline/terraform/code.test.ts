import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { strToU8, zipSync, type Zippable } from 'fflate';
import { codeFolder } from '../../../../packages/terraform-offline/terraform/code';
import { loadConfigurations } from '../../../../packages/terraform-offline/terraform/language/load';
import { folderWith } from './language/support';

const into = mkdtempSync(path.join(os.tmpdir(), 'unpacked '));
afterAll(() => rmSync(into, { recursive: true }));

/** A file of a zip with its Unix mode. */
function entry(content: string, mode = 0o100644): Zippable[string] {
  return [strToU8(content), { os: 3, attrs: mode << 16 }];
}

function zip(files: Zippable): Buffer {
  return Buffer.from(zipSync(files));
}

/** The code of the first function, or layer version, of a folder with these files. */
async function codeOf(files: Readonly<Record<string, string | Buffer>>, type = 'aws_lambda_function') {
  const folder = folderWith(files);
  const [configuration] = await loadConfigurations(folder);
  const [resource] = configuration!.all(type);
  return { folder, code: await codeFolder(resource!, into) };
}

function contentOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  return Object.fromEntries(
    files.map(({ name, parentPath }) => {
      const file = path.join(parentPath, name);
      return [path.relative(folder, file), readFileSync(file, 'utf8')];
    }),
  );
}

const zipped = (archive: string) => `
  data "archive_file" "code" {
    type        = "zip"
    output_path = "\${path.module}/out.zip"
    ${archive}
  }
  resource "aws_lambda_function" "f" { filename = data.archive_file.code.output_path }
`;

it('is the folder that an archive_file zips', async () => {
  const { folder, code } = await codeOf({ 'main.tf': zipped('source_dir = "src"'), 'src/index.js': 'code' });
  expect(code).toBe(path.join(folder, 'src'));
});

it('is a folder found by the name of the zip, when the archive_file is not referred to', async () => {
  const { folder, code } = await codeOf({
    'main.tf': `
      data "archive_file" "code" {
        type        = "zip"
        source_dir  = "src"
        output_path = "\${path.module}/out.zip"
      }
      resource "aws_lambda_function" "f" { filename = "out.zip" }
    `,
    'src/index.js': 'code',
  });
  expect(code).toBe(path.join(folder, 'src'));
});

// https://registry.terraform.io/providers/hashicorp/archive/latest/docs/data-sources/file
it.each<[what: string, archive: string, content: Record<string, string>]>([
  ['one file', 'source_file = "src/index.js"', { 'index.js': 'code' }],
  [
    'a folder without what is excluded',
    'source_dir = "src"\nexcludes = ["test", "**/*.md"]',
    { 'index.js': 'code', 'lib/a.js': 'a' },
  ],
  [
    'parts',
    'source {\n content = "one"\n filename = "lib/one.js"\n }\n source {\n content = upper("two")\n filename = "two.js"\n }',
    { 'lib/one.js': 'one', 'two.js': 'TWO' },
  ],
  ['a content', 'source_content = "one"\nsource_content_filename = "index.js"', { 'index.js': 'one' }],
])('is %s of an archive_file', async (_, archive, content) => {
  const { code } = await codeOf({
    'main.tf': zipped(archive),
    'src/index.js': 'code',
    'src/lib/a.js': 'a',
    'src/lib/README.md': '',
    'src/test/a.test.js': '',
  });
  expect(contentOf(code)).toEqual(content);
});

it('is a zip beside the configuration, unpacked with its modes and links', async () => {
  const files = {
    'main.tf': 'resource "aws_lambda_function" "f" { filename = "code.zip" }',
    'code.zip': zip({
      'index.js': entry('code'),
      'bin/run': entry('#!/bin/sh', 0o100755),
      'link.js': entry('index.js', 0o120777),
    }),
  };
  const { code } = await codeOf(files);
  expect(contentOf(code)).toEqual({ 'index.js': 'code', 'bin/run': '#!/bin/sh' });
  expect(statSync(path.join(code, 'bin/run')).mode & 0o777).toBe(0o755);
  expect(statSync(path.join(code, 'index.js')).mode & 0o111).toBe(0);
  expect(readlinkSync(path.join(code, 'link.js'))).toBe('index.js');
  expect((await codeOf(files)).code).toBe(code);
});

it.each<[what: string, files: Zippable]>([
  ['a file', { '../outside.js': entry('x') }],
  ['a link', { 'a/link': entry('../../outside', 0o120777) }],
])('unpacks no zip with %s that would end up elsewhere', async (_, files) => {
  const code = codeOf({
    'main.tf': 'resource "aws_lambda_function" "f" { filename = "code.zip" }',
    'code.zip': zip(files),
  });
  await expect(code).rejects.toThrow(/\/app\/code\.zip cannot be unpacked: /);
  expect(readdirSync(into).filter((name) => name.includes('.'))).toEqual([]);
});

it('is what an object of the configuration puts into a bucket', async () => {
  const { code } = await codeOf({
    'main.tf': `
      resource "aws_s3_bucket" "code" { bucket = "code" }
      resource "aws_s3_object" "zip" {
        bucket = aws_s3_bucket.code.bucket
        key    = "v1.zip"
        source = "code.zip"
      }
      resource "aws_lambda_function" "f" {
        s3_bucket = aws_s3_object.zip.bucket
        s3_key    = aws_s3_object.zip.key
      }
    `,
    'code.zip': zip({ 'index.py': entry('code') }),
  });
  expect(contentOf(code)).toEqual({ 'index.py': 'code' });
});

it('is a layer’s content likewise', async () => {
  const { code } = await codeOf(
    {
      'main.tf': 'resource "aws_lambda_layer_version" "l" { filename = "layer.zip" }',
      'layer.zip': zip({ 'nodejs/node_modules/a/index.js': entry('a') }),
    },
    'aws_lambda_layer_version',
  );
  expect(contentOf(code)).toEqual({ 'nodejs/node_modules/a/index.js': 'a' });
});

it.each<[what: string, main: string, problem: RegExp]>([
  [
    'a zip that nothing has made',
    'resource "aws_lambda_function" "f" { filename = "dist/code.zip" }',
    /^main\.tf: aws_lambda_function\.f\.filename: there is no file .*\/app\/dist\/code\.zip, and no archive_file of the configuration makes it: build it first$/,
  ],
  [
    'a folder that is not there',
    zipped('source_dir = "dist"'),
    /^main\.tf: data\.archive_file\.code\.source_dir: there is no .*\/app\/dist: build it first$/,
  ],
  ['an archive without a source', zipped(''), /^main\.tf: data\.archive_file\.code: it has no source: /],
  [
    'a bucket of the account',
    'resource "aws_lambda_function" "f" {\n s3_bucket = "b"\n s3_key = "k.zip"\n }',
    /^main\.tf: aws_lambda_function\.f\.s3_key: no aws_s3_object of the configuration puts k\.zip into b/,
  ],
  [
    'no code',
    'resource "aws_lambda_function" "f" { handler = "a.b" }',
    /^main\.tf: aws_lambda_function\.f: it has no code: neither filename nor s3_bucket and s3_key$/,
  ],
  [
    'what is no zip',
    'resource "aws_lambda_function" "f" { filename = "main.tf" }',
    /main\.tf cannot be unpacked: /,
  ],
])('says what is wrong with %s', async (_, main, problem) => {
  await expect(codeOf({ 'main.tf': main })).rejects.toThrow(problem);
});
