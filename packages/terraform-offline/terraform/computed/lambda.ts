import { ACCOUNT } from '../account';
import type { ComputedAttributes } from '../computed';
import type { Resource } from '../resource';

export const lambda: ComputedAttributes = {
  aws_lambda_function: {
    arn: functionArn,
    id: (fn) => fn.text('function_name'),
    invoke_arn: (fn) => invokeArn(fn, functionArn(fn)),
    qualified_arn: (fn) => `${functionArn(fn)}:$LATEST`,
    qualified_invoke_arn: (fn) => invokeArn(fn, `${functionArn(fn)}:$LATEST`),
    version: () => '$LATEST',
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
  return `arn:aws:lambda:${fn.configuration.region}:${ACCOUNT}:function:${fn.text('function_name')}`;
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html (uri) */
function invokeArn(fn: Resource, arn: string): string {
  return `arn:aws:apigateway:${fn.configuration.region}:lambda:path/2015-03-31/functions/${arn}/invocations`;
}

function layerArn(layer: Resource): string {
  return `arn:aws:lambda:${layer.configuration.region}:${ACCOUNT}:layer:${layer.text('layer_name')}`;
}
