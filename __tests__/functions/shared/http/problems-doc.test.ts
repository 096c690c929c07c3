import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Problem, problems } from '../../../../functions/shared/http/problem';
import { outputFolder } from '../../../../tools/project-root';

const root = path.resolve(__dirname, '../../../..');
const [fromFunctions = '', fromGateway = ''] = readFileSync(
  path.join(root, 'docs/problems.md'),
  'utf8',
).split('\n## From the gateway\n');

/** Code and status of each row, of which every cell must say something. */
function rows(markdown: string): [code: string, status: string][] {
  return [...markdown.matchAll(/^\| `([^`]+)` +\| (\w+) +\| (\S.*\S) +\| (\S.*\S) +\|$/gm)].map(
    ([, code = '', status = '']) => [code, status],
  );
}

interface GatewayResponses {
  readonly resource: {
    readonly aws_api_gateway_gateway_response: Record<
      string,
      { readonly status_code?: string; readonly response_templates: Record<string, string> }
    >;
  };
}

test('docs/problems.md has exactly the codes of the functions, with their statuses', () => {
  const codes = Object.entries(problems).map(([code, { status }]) => [code, String(status)]);
  expect(rows(fromFunctions).sort()).toEqual(codes.sort());
});

test('docs/problems.md has exactly the codes of the gateway, with their statuses', () => {
  const stack = JSON.parse(
    readFileSync(path.join(outputFolder(), 'stacks/data-api/cdk.tf.json'), 'utf8'),
  ) as GatewayResponses;
  const responses = Object.values(stack.resource.aws_api_gateway_gateway_response);
  const codes = responses.map(({ status_code: status, response_templates: templates }) => {
    const code = /"code":"([^"]+)"/.exec(templates['application/json'] ?? '')?.[1] ?? 'none';
    return [code, status ?? code.slice(-3)];
  });
  expect(rows(fromGateway).sort()).toEqual(codes.sort());
});

test('the example is what the functions answer', () => {
  const example = JSON.parse(/```json\n(.*?)```/s.exec(fromFunctions)?.[1] ?? '') as Record<string, unknown>;
  const { detail, requestId, errors } = example as unknown as ReturnType<Problem['details']>;
  expect(new Problem('inexact-number', detail, { errors }).details(requestId)).toEqual(example);
});
