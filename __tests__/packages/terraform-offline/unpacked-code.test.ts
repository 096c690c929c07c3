import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { serve } from '../../../packages/terraform-offline/cloud';
import { loadModel } from '../../../packages/terraform-offline/terraform/load';

/** An archive made of text, which stands in no folder until it is unpacked. */
const CONFIGURATION = `
data "archive_file" "code" {
  type        = "zip"
  output_path = "code.zip"

  source {
    filename = "index.mjs"
    content  = "export const handler = async () => 'unpacked';"
  }
}

resource "aws_iam_role" "role" {
  name               = "unpacked"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }
    ]
  })
}

resource "aws_lambda_function" "unpacked" {
  function_name = "unpacked"
  role          = aws_iam_role.role.arn
  runtime       = "nodejs24.x"
  handler       = "index.handler"
  filename      = data.archive_file.code.output_path
}
`;

const folder = mkdtempSync(path.join(os.tmpdir(), 'unpacked-'));
beforeAll(() => {
  writeFileSync(path.join(folder, 'main.tf'), CONFIGURATION);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

it('is there while it is served, and is not left behind', async () => {
  const cloud = await serve({ folder });
  const { codeDirectory } = cloud.model().stacks[0]!.functions[0]!;
  const invoked = await fetch(`${cloud.url}/2015-03-31/functions/unpacked/invocations`, { method: 'POST' });
  expect(await invoked.json()).toBe('unpacked');
  expect(existsSync(codeDirectory)).toBe(true);

  await cloud.close();
  expect(existsSync(codeDirectory)).toBe(false);
});

it('is not left behind where nothing is served', async () => {
  const { stacks } = await loadModel(folder);

  expect(existsSync(stacks[0]!.functions[0]!.codeDirectory)).toBe(false);
});
