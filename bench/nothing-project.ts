import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface Project {
  /** A `cdktf.out`. */
  readonly folder: string;
  /** Its function's code: `index.handler`. */
  readonly code: string;
  readonly remove: () => void;
}

const HANDLER = `export const handler = async () => ({ statusCode: 200, body: '' });\n`;

/** A stack with one function that does nothing, behind `GET /nothing` of a REST API. */
export function nothingProject(): Project {
  const root = mkdtempSync(path.join(realpathSync(tmpdir()), 'nothing-'));
  const code = path.join(root, 'code');
  const stack = path.join(root, 'cdktf.out/stacks/bench');
  mkdirSync(code);
  mkdirSync(stack, { recursive: true });
  writeFileSync(path.join(code, 'index.mjs'), HANDLER);
  const synthesizedStackPath = 'stacks/bench/cdk.tf.json';
  const manifest = { version: '0.21.0', stacks: { bench: { name: 'bench', synthesizedStackPath } } };
  writeFileSync(path.join(root, 'cdktf.out/manifest.json'), JSON.stringify(manifest));
  writeFileSync(path.join(stack, 'cdk.tf.json'), JSON.stringify(configuration(code)));
  return {
    folder: path.join(root, 'cdktf.out'),
    code,
    remove() {
      rmSync(root, { recursive: true, force: true });
    },
  };
}

function configuration(code: string) {
  const api = '${aws_api_gateway_rest_api.api.id}';
  const route = {
    rest_api_id: api,
    resource_id: '${aws_api_gateway_resource.nothing.id}',
    http_method: 'GET',
  };
  const assumeRole = {
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ],
  };
  return {
    provider: { aws: [{ region: 'us-east-1' }] },
    data: { archive_file: { code: { type: 'zip', source_dir: code, output_path: 'code.zip' } } },
    resource: {
      aws_iam_role: { role: { name: 'bench', assume_role_policy: JSON.stringify(assumeRole) } },
      aws_lambda_function: {
        nothing: {
          function_name: 'nothing',
          role: '${aws_iam_role.role.arn}',
          handler: 'index.handler',
          runtime: 'nodejs24.x',
          filename: '${data.archive_file.code.output_path}',
          memory_size: 512,
        },
      },
      aws_lambda_permission: {
        api: {
          action: 'lambda:InvokeFunction',
          function_name: '${aws_lambda_function.nothing.function_name}',
          principal: 'apigateway.amazonaws.com',
          source_arn: '${aws_api_gateway_rest_api.api.execution_arn}/*/*',
        },
      },
      aws_api_gateway_rest_api: { api: { name: 'bench' } },
      aws_api_gateway_resource: {
        nothing: {
          rest_api_id: api,
          parent_id: '${aws_api_gateway_rest_api.api.root_resource_id}',
          path_part: 'nothing',
        },
      },
      aws_api_gateway_method: { get: { ...route, authorization: 'NONE' } },
      aws_api_gateway_integration: {
        get: {
          ...route,
          type: 'AWS_PROXY',
          integration_http_method: 'POST',
          uri: '${aws_lambda_function.nothing.invoke_arn}',
        },
      },
      aws_api_gateway_deployment: { deployment: { rest_api_id: api } },
      aws_api_gateway_stage: {
        prod: {
          rest_api_id: api,
          deployment_id: '${aws_api_gateway_deployment.deployment.id}',
          stage_name: 'prod',
        },
      },
    },
  };
}
