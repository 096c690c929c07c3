import { mountPoint } from '../mount-point';
import type { Api, Model, Stack } from '../terraform/model';
import { apiRoutes } from './api-routes';
import { curl } from './curl';
import { examples } from './examples';

/** What creates comes first, what deletes last: that way each command finds what it needs. */
const ORDER = ['POST', 'GET', 'PUT', 'PATCH', 'DELETE'];

/** What there is, for people: each stack with its outputs, and its routes with a command that tries them. */
export function summary({ stacks }: Model, serverUrl: string): string {
  return stacks.map((stack) => `${stack.id}\n${outputs(stack)}${routes(stack, serverUrl)}`).join('\n');
}

function outputs({ outputs: values }: Stack): string {
  const width = Math.max(0, ...Object.keys(values).map((name) => name.length));
  return Object.entries(values)
    .map(([name, value]) => `  ${name.padEnd(width)}  ${text(value)}\n`)
    .join('');
}

function text(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : String(value);
}

function routes(stack: Stack, serverUrl: string): string {
  return stack.apis.map((api) => routesOf(stack, api, serverUrl + mountPoint(stack, api))).join('');
}

function routesOf(stack: Stack, api: Api, apiUrl: string): string {
  const names = new Map(stack.functions.map(({ arn, name }) => [arn, name]));
  return apiRoutes(api)
    .sort((a, b) => ORDER.indexOf(a.method) - ORDER.indexOf(b.method))
    .map((route) => {
      const name = `${route.method} ${route.path}`;
      const target = names.get(route.functionArn ?? '') ?? 'no function';
      return `  ${name} → ${target}\n    ${curl(apiUrl, route, examples[`${stack.id} ${name}`])}\n`;
    })
    .join('');
}
