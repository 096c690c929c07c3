import { createHash } from 'node:crypto';
import { ACCOUNT } from '../../iam/arn';
import type { ComputedAttributes } from './computed-attributes';
import type { Resource } from '../language/configuration/resource';

export const lambda: ComputedAttributes = {
  aws_lambda_alias: {
    arn: aliasArn,
    id: aliasArn,
    invoke_arn: (alias) => invokeArn(alias, aliasArn(alias)),
  },
  aws_lambda_event_source_mapping: {
    uuid: mappingId,
    id: mappingId,
    arn: (mapping) =>
      `arn:aws:lambda:${mapping.region}:${ACCOUNT}:event-source-mapping:${mappingId(mapping)}`,
  },
  aws_lambda_function: {
    arn: functionArn,
    id: (fn) => fn.text('function_name'),
    invoke_arn: (fn) => invokeArn(fn, functionArn(fn)),
    qualified_arn: (fn) => `${functionArn(fn)}:${version(fn)}`,
    qualified_invoke_arn: (fn) => invokeArn(fn, `${functionArn(fn)}:${version(fn)}`),
    version,
  },
  // It may be another stack's.
  'data.aws_lambda_function': {
    arn: (fn) => arnOfName(fn, functionName(fn)),
    id: functionName,
    invoke_arn: (fn) => invokeArn(fn, arnOfName(fn, functionName(fn))),
  },
  aws_lambda_function_url: {
    id: (url) => [functionName(url), ...qualifierOf(url)].join('/'),
    function_arn: (url) => [arnOfName(url, functionName(url)), ...qualifierOf(url)].join(':'),
    function_url: functionUrl,
    url_id: urlId,
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

/** https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html (UUID) */
function mappingId(mapping: Resource): string {
  const hex = createHash('sha256').update(mapping.uniqueId(26)).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}

function functionArn(fn: Resource): string {
  return `arn:aws:lambda:${fn.region}:${ACCOUNT}:function:${fn.text('function_name')}`;
}

/** Where versions are published, there is the first and no other: every change makes the function anew. */
function version(fn: Resource): string {
  return fn.flag('publish') ? '1' : '$LATEST';
}

function aliasArn(alias: Resource): string {
  return `${arnOfName(alias, functionName(alias))}:${alias.text('name')}`;
}

/** Of the function that an alias or a URL names, by its name or any of its ARNs. */
function functionName(resource: Resource): string {
  const text = resource.text('function_name');
  const [, name = text] = /^(?:(?:arn:[^:]+:lambda:[^:]+:)?\d+:function:)?([^:]+)/.exec(text) ?? [];
  return name;
}

function arnOfName({ region }: Resource, name: string): string {
  return `arn:aws:lambda:${region}:${ACCOUNT}:function:${name}`;
}

function qualifierOf(url: Resource): string[] {
  const qualifier = url.optionalText('qualifier');
  return qualifier === undefined ? [] : [qualifier];
}

function urlId(url: Resource): string {
  return url.uniqueId(32);
}

/** Where a function URL answers below its stack: `/function-urls/orders:live`. */
export function functionUrlSegment(url: Resource): string {
  return `/function-urls/${[functionName(url), ...qualifierOf(url)].join(':')}`;
}

/** Ends in a slash, as AWS's does. */
function functionUrl(url: Resource): string {
  const { endpoint } = url.configuration;
  return endpoint === undefined
    ? `https://${urlId(url)}.lambda-url.${url.region}.on.aws/`
    : `${endpoint}${functionUrlSegment(url)}/`;
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html (uri) */
function invokeArn(fn: Resource, arn: string): string {
  return `arn:aws:apigateway:${fn.region}:lambda:path/2015-03-31/functions/${arn}/invocations`;
}

function layerArn(layer: Resource): string {
  return `arn:aws:lambda:${layer.region}:${ACCOUNT}:layer:${layer.text('layer_name')}`;
}
