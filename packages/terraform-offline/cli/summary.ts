import { curl } from '../console/curl';
import { byMethod, endpoints } from '../console/endpoints';
import { OPERATOR } from '../iam/credentials';
import { domainMountPoint, mountPoint } from '../server/router';
import type { Api, Model, Stack } from '../terraform/model/stack';
import { callerOptions } from './caller';

/** What there is, for people: each stack with its outputs, and its routes with a command that tries them. */
export function summary({ stacks }: Model, serverUrl: string): string {
  return stacks
    .map((stack) => `${stack.id}\n${outputs(stack)}${routes(stack, serverUrl)}${domains(stack, serverUrl)}`)
    .join('\n');
}

/** Where DynamoDB answers, with a command that asks it; the credentials are the local operator's, and open nothing else. */
export function databaseSummary({ stacks }: Model, endpoint: string): string {
  const { accessKeyId, secretAccessKey } = OPERATOR;
  const region = stacks[0]?.region ?? 'us-east-1';
  return (
    `DynamoDB is at ${endpoint}\n` +
    `    AWS_ACCESS_KEY_ID=${accessKeyId} AWS_SECRET_ACCESS_KEY=${secretAccessKey} ` +
    `aws dynamodb list-tables --endpoint-url ${endpoint} --region ${region}\n`
  );
}

function outputs({ outputs: shown, sensitiveOutputs }: Stack): string {
  const hidden = Object.keys(sensitiveOutputs).map((name) => [name, '(sensitive value)'] as const);
  const values: Record<string, unknown> = { ...shown, ...Object.fromEntries(hidden) };
  const width = Math.max(0, ...Object.keys(values).map((name) => name.length));
  return Object.entries(values)
    .map(([name, value]) => `  ${name.padEnd(width)}  ${text(value)}\n`)
    .join('');
}

function text(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : String(value);
}

/** Custom domains answer to their names, and below their stack. */
function domains(stack: Stack, serverUrl: string): string {
  return (stack.domains ?? [])
    .map(({ name, unserved }) => {
      const url = `${serverUrl}${domainMountPoint(stack, name)}/`;
      return `  ${name} → ${unserved ? 'not served' : 'the APIs that are mapped to it'}\n    ${url}\n`;
    })
    .join('');
}

function routes(stack: Stack, serverUrl: string): string {
  return stack.apis.map((api) => routesOf(stack, api, serverUrl + mountPoint(stack, api))).join('');
}

/** By method first: what creates comes before what deletes, so that each command finds what it needs. */
function routesOf(stack: Stack, api: Api, apiUrl: string): string {
  const known = stack.examples?.operations;
  return endpoints(stack, api)
    .sort(byMethod)
    .map((endpoint) => {
      const { key, fn, fault, integration } = endpoint;
      const target = fn?.name ?? fault ?? integration ?? 'no function';
      return `  ${key} → ${target}\n    ${curl(apiUrl, endpoint, known?.[key], callerOptions(stack, api, endpoint))}\n`;
    })
    .join('');
}
