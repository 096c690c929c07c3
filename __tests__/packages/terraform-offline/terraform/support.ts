import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { loadModel, type LoadOptions } from '../../../../packages/terraform-offline/terraform/load';
import type { Stack } from '../../../../packages/terraform-offline/terraform/model/stack';

type Blocks = Record<string, Record<string, Record<string, unknown>>>;

/** A `cdk.tf.json` in the form that cdktf writes: type, then name, then attributes. */
export interface TerraformJson {
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly output?: Record<string, { value: unknown; sensitive?: boolean }>;
}

/** The model of one stack, called `test`, in eu-west-1. */
export async function load(json: TerraformJson, options?: LoadOptions): Promise<Stack> {
  const root = mkdtempSync(path.join(os.tmpdir(), 'cdktf out '));
  try {
    const folder = path.join(root, 'stacks', 'test');
    mkdirSync(folder, { recursive: true });
    const provider = { aws: [{ region: 'eu-west-1' }] };
    writeFileSync(path.join(folder, 'cdk.tf.json'), JSON.stringify({ provider, ...json }));
    for (const { source_dir } of Object.values(json.data?.archive_file ?? {})) {
      mkdirSync(path.join(folder, String(source_dir)), { recursive: true });
    }
    const { stacks } = await loadModel(root, options);
    return stacks[0]!;
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** Lets Lambda act as a role. */
export const TRUST = JSON.stringify({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
});

/** What a stack with a function needs at least; `more` goes into the function. */
export function functionJson(more: Record<string, unknown> = {}) {
  return {
    data: {
      archive_file: { code: { type: 'zip', source_dir: 'assets/code', output_path: 'assets/code.zip' } },
    },
    resource: {
      aws_iam_role: { role: { name: 'store-role', assume_role_policy: TRUST } },
      aws_lambda_function: {
        store: {
          function_name: 'store',
          role: '${aws_iam_role.role.arn}',
          handler: 'index.handler',
          runtime: 'nodejs24.x',
          filename: '${data.archive_file.code.output_path}',
          logging_config: { log_format: 'JSON' },
          ...more,
        },
      },
    },
  };
}
