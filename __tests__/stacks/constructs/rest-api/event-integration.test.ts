import { toJSONSchema } from 'zod/mini';
import { envelope } from '../../../../functions/operations/contract';
import { Problem } from '../../../../functions/shared/http/problem';
import { NodeFunction } from '../../../../stacks/constructs/node-function';
import { RestApi } from '../../../../stacks/constructs/rest-api';
import { answers } from '../../../../stacks/constructs/rest-api/event-answers';
import type { EventIntegrationProps } from '../../../../stacks/constructs/rest-api/event-integration';
import { send } from '../../../packages/terraform-offline/api-gateway/rest/custom-support';
import { functionError } from '../../../packages/terraform-offline/api-gateway/support';
import { resource, resourcesOf, synthesize, type Configuration } from '../../../support/synth';

const props: EventIntegrationProps = {
  requestModel: { name: 'Thing', schema: { type: 'object', required: ['id'] } },
  failureStatuses: [400, 503],
  retryable: { status: 503, code: 'database-unavailable', retryAfter: 2 },
  unexpected: { status: 500 },
};

const withEventRoute = (changes: Partial<EventIntegrationProps> = {}, functionName = 'Echo') =>
  synthesize((stack, environment) => {
    const fn = new NodeFunction(stack, 'fn', { environment, functionName, bundle: 'data-api/store-data' });
    const api = new RestApi(stack, 'api', { environment, apiName: 'things', stageName: 'prod' });
    api.addEventRoute('POST', '/things', fn, { ...props, ...changes });
  });

const stack = withEventRoute();
const deploymentOf = (configuration: Configuration) => resource(configuration, 'aws_api_gateway_deployment');
const hashOf = (configuration: Configuration) =>
  (deploymentOf(configuration).triggers as { shape: string }).shape;

test('the body is the event, and no other media type comes through', () => {
  expect(resource(stack, 'aws_api_gateway_integration')).toMatchObject({
    type: 'AWS',
    integration_http_method: 'POST',
    passthrough_behavior: 'NEVER',
    request_templates: { 'application/json': '$input.body' },
    uri: expect.stringMatching(/^\$\{aws_lambda_alias\.\w+\.invoke_arn\}$/) as string,
  });
});

test('a body that does not fit the model does not reach the function', () => {
  const [model] = Object.keys(resourcesOf(stack, 'aws_api_gateway_model'));
  const [validator] = Object.keys(resourcesOf(stack, 'aws_api_gateway_request_validator'));
  expect(resource(stack, 'aws_api_gateway_method')).toMatchObject({
    request_models: { 'application/json': `\${aws_api_gateway_model.${model}.name}` },
    request_validator_id: `\${aws_api_gateway_request_validator.${validator}.id}`,
  });
  expect(resource(stack, 'aws_api_gateway_request_validator')).toMatchObject({ validate_request_body: true });
  expect(resource(stack, 'aws_api_gateway_model')).toMatchObject({
    name: 'Thing',
    content_type: 'application/json',
    schema: '{"type":"object","required":["id"]}',
  });
});

test.each([
  [400, ['Content-Type']],
  [503, ['Content-Type', 'Retry-After']],
  [500, ['Content-Type']],
])('%d is a response whose method declares the headers that it may have', (status, declared) => {
  const [id, method] = Object.entries(resourcesOf(stack, 'aws_api_gateway_method_response')).find(
    ([, { status_code }]) => status_code === String(status),
  )!;
  expect(method.response_parameters).toEqual(
    Object.fromEntries(declared.map((name) => [`method.response.header.${name}`, true])),
  );
  const integration = resource(stack, 'aws_api_gateway_integration_response', {
    status_code: `\${aws_api_gateway_method_response.${id}.status_code}`,
  });
  expect(integration.response_parameters).toEqual({
    'method.response.header.Content-Type': "'application/problem+json'",
  });
  expect(Object.keys(integration.response_templates as object)).toEqual(['application/json']);
});

/** As API Gateway does: the whole message must match. Java's `.` stops at one more line end than JavaScript's. */
const selected = (errorMessage: string) =>
  answers({ ...props, failureStatuses: [400, 409] })
    .filter(({ selectionPattern = '' }) =>
      new RegExp(`^(?:${selectionPattern.replaceAll('.*', '[^\\n\\r\\u0085\\u2028\\u2029]*')})$`, 'u').test(
        errorMessage,
      ),
    )
    .map(({ status }) => status);

test.each<[name: string, errorMessage: string, status: number]>([
  ['success', '', 200],
  ['a problem', '{"status":400,"detail":"a"}', 400],
  ['another problem', '{"status":409,"detail":"a"}', 409],
  ['a problem that quotes another', '{"status":400,"detail":"{\\"status\\":409,"}', 400],
  ['a status nobody declared', '{"status":404,"detail":"a"}', 500],
  ['an internal error', '{"status":500,"detail":"a"}', 500],
  ['a caller’s text before the status', 'a {"status":400,"detail":"a"}', 500],
  ['a longer status', '{"status":4000,"detail":"a"}', 500],
  ['a timeout', '2024-11-04T10:30:00.000Z 8476a536 Task timed out after 10.01 seconds', 500],
  ['a crash', 'RequestId: 8476a536 Error: Runtime exited with error: exit status 1\nRuntime.ExitError', 500],
  ...['\n', '\r', '\u0085', '\u2028', '\u2029'].map(
    (end) =>
      [`a problem broken by ${JSON.stringify(end)}`, `{"status":400,"detail":"${end}"}`, 500] as [
        string,
        string,
        number,
      ],
  ),
  ['a lone line end', '\n', 500],
])('%s selects one answer', (_, errorMessage, status) => {
  expect(selected(errorMessage)).toEqual([status]);
});

test('no pattern uses what Java and JavaScript write differently', () => {
  for (const { selectionPattern = '' } of answers(props))
    expect(selectionPattern).not.toMatch(/\(\?[^!]|\\[zZAQ]/);
});

/** What the method's caller is sent when the function fails with this message. */
const answerTo = (errorMessage: string) => {
  const responses = answers(props).map(({ headers, status, selectionPattern, template }) => ({
    statusCode: status,
    selectionPattern,
    parameters: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, `'${value}'`]),
    ),
    templates: { 'application/json': template ?? '' },
  }));
  return send({ responses }, {}, functionError(errorMessage));
};

test('success passes untouched', () => {
  expect(answers(props).find(({ status }) => status === 200)?.template).toBeUndefined();
});

test.each(['invalid-request', 'database-unavailable', 'outcome-unknown'] as const)(
  'a problem is the error message: %s',
  async (code) => {
    const problem = JSON.stringify(new Problem(code, 'a "quoted" $detail #end').details('1'));
    const { response, headers } = await answerTo(problem);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(JSON.parse(response.body as string)).toMatchObject({ code, detail: 'a "quoted" $detail #end' });
  },
);

test('what nobody explained is answered with a constant', async () => {
  const { response } = await answerTo('Task timed out after 10.01 seconds');
  expect(response).toMatchObject({ status: 500, body: '{"status":500}' });
});

test.each([
  ['database-unavailable', 'Try again.', '2'],
  ['outcome-unknown', 'Read the item before sending the request again.', undefined],
  ['outcome-unknown', 'a caller’s "code":"database-unavailable"', undefined],
  ['invalid-request', 'Correct it.', undefined],
] as const)('Retry-After of %s (%s) is %s', async (code, detail, seconds) => {
  const { headers } = await answerTo(JSON.stringify(new Problem(code, detail).details('1')));
  expect(headers['retry-after']).toBe(seconds);
});

test('the deployment waits for the model, the validator and every response', () => {
  const shaping = [
    'aws_api_gateway_model',
    'aws_api_gateway_request_validator',
    'aws_api_gateway_method',
    'aws_api_gateway_integration',
    'aws_api_gateway_method_response',
    'aws_api_gateway_integration_response',
  ].flatMap((type) => Object.keys(resourcesOf(stack, type)).map((id) => `${type}.${id}`));
  expect(deploymentOf(stack).depends_on).toEqual(expect.arrayContaining(shaping));
});

test.each<[string, Partial<EventIntegrationProps>]>([
  ['an integration response', { unexpected: { status: 500, ...{ detail: 'other' } } }],
  ['a method response', { failureStatuses: [400, 409, 503] }],
  ['a header', { retryable: { ...props.retryable, retryAfter: 3 } }],
  ['the model', { requestModel: { name: 'Thing', schema: {} } }],
])('a change of %s is deployed', (_, changes) => {
  expect(hashOf(withEventRoute(changes))).not.toBe(hashOf(stack));
});

test('the same API has the same hash, and another function another one', () => {
  expect(hashOf(withEventRoute())).toBe(hashOf(stack));
  expect(hashOf(withEventRoute({}, 'Other'))).not.toBe(hashOf(stack));
});

describe('a second route', () => {
  const second = (schema: object) =>
    synthesize((stack, environment) => {
      const fn = new NodeFunction(stack, 'Do', {
        environment,
        functionName: 'Do',
        bundle: 'data-api/store-data',
      });
      const api = new RestApi(stack, 'api', { environment, apiName: 'things', stageName: 'prod' });
      api.addEventRoute('POST', '/things', fn, props);
      api.addEventRoute('PUT', '/things', fn, { ...props, requestModel: { ...props.requestModel, schema } });
    });

  test('that takes the same body shares its model', () => {
    const both = second(props.requestModel.schema);
    expect(resource(both, 'aws_api_gateway_model')).toMatchObject({ name: props.requestModel.name });
    const waitedFor = deploymentOf(both).depends_on as string[];
    expect(new Set(waitedFor).size).toBe(waitedFor.length);
  });

  test('that takes another body under the same name is refused', () => {
    expect(() => second({ type: 'array' })).toThrow(
      `received a second model ${props.requestModel.name} with another schema; give it a name of its own`,
    );
  });
});

test('a model name that API Gateway refuses fails at synth', () => {
  const requestModel = { name: 'no-thing', schema: {} };
  expect(() => withEventRoute({ requestModel })).toThrow('received the model name "no-thing"');
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html
const UNSUPPORTED = [
  ...['additionalProperties', 'anyOf', 'oneOf', 'exclusiveMinimum', 'discriminator', 'example', 'readOnly'],
  ...['minItems', 'maxItems', 'const', '$defs', 'examples', 'nullable'],
];

test('the model of the envelope keeps to what API Gateway takes of JSON schema', () => {
  const text = JSON.stringify(toJSONSchema(envelope, { target: 'draft-04', io: 'input' }));
  for (const keyword of UNSUPPORTED) expect(text).not.toContain(`"${keyword}"`);
  expect(JSON.parse(text)).toMatchObject({
    $schema: 'http://json-schema.org/draft-04/schema#',
    type: 'object',
    required: ['operation'],
  });
});
