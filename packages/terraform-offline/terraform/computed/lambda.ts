import { ACCOUNT } from '../account';
import type { ComputedAttributes } from '../computed';
import type { Resource } from '../language/configuration/resource';

export const lambda: ComputedAttributes = {
  aws_lambda_alias: {
    arn: aliasArn,
    id: aliasArn,
    invoke_arn: (alias) => invokeArn(alias, aliasArn(alias)),
  },
  aws_lambda_function: {
    arn: functionArn,
    id: (fn) => fn.text('function_name'),
    invoke_arn: (fn) => invokeArn(fn, functionArn(fn)),
    qualified_arn: (fn) => `${functionArn(fn)}:${version(fn)}`,
    qualified_invoke_arn: (fn) => invokeArn(fn, `${functionArn(fn)}:${version(fn)}`),
    version,
  },
  aws_lambda_layer_version: {
    arn: (layer) => `${layerArn(layer)}:1`,
    id: (layer) => `${layerArn(layer)}:1`,
    layer_arn: layerArn,
    version: () => '1',
  },
  aws_lambda_permission: {
    statement_id: (permission) => `terraform-${permission.uniqueId(26)}`,
    id: (permission) => permission.text('statement_id'),
  },
};

function functionArn(fn: Resource): string {
  return `arn:aws:lambda:${fn.region}:${ACCOUNT}:function:${fn.text('function_name')}`;
}

/** Where versions are published, there is the first and no other: every change makes the function anew. */
function version(fn: Resource): string {
  return fn.flag('publish') ? '1' : '$LATEST';
}

/** Of the function that an alias names, by its name or any of its ARNs. */
function aliasArn(alias: Resource): string {
  const [, name = ''] =
    /^(?:arn:[^:]+:lambda:[^:]+:\d+:function:)?([^:]+)/.exec(alias.text('function_name')) ?? [];
  return `arn:aws:lambda:${alias.region}:${ACCOUNT}:function:${name}:${alias.text('name')}`;
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html (uri) */
function invokeArn(fn: Resource, arn: string): string {
  return `arn:aws:apigateway:${fn.region}:lambda:path/2015-03-31/functions/${arn}/invocations`;
}

function layerArn(layer: Resource): string {
  return `arn:aws:lambda:${layer.region}:${ACCOUNT}:layer:${layer.text('layer_name')}`;
}
