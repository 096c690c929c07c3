import type { IntegrationResponse } from '../../../../../packages/terraform-offline/terraform/model/rest-api';
import { functionError, success } from '../support';
import { json, send } from './custom-support';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/handle-errors-in-lambda-integration.html */
describe('the response for a function’s error', () => {
  const responses: Partial<IntegrationResponse>[] = [
    { statusCode: 200 },
    { statusCode: 400, selectionPattern: 'Malformed.*' },
    { statusCode: 404, selectionPattern: String.raw`\{"status":404,.*` },
    { statusCode: 503, selectionPattern: String.raw`[\s\S]*Task timed out[\s\S]*` },
  ];

  it.each([
    ['the pattern matches the whole message', 'Malformed input ...', 400],
    ['a message that only begins elsewhere does not match', 'Oh: Malformed input', 200],
    ['. matches no line end', 'Malformed\ninput', 200],
    // https://docs.oracle.com/javase/8/docs/api/java/util/regex/Pattern.html#lt
    ['nor Java’s others', 'Malformed\u0085input', 200],
    ['a problem as JSON', '{"status":404,"title":"Not found"}', 404],
    ['a problem quoted in another', '{"status":500,"detail":"{\\"status\\":404,"}', 200],
    ['a function’s timeout', '2024-01-01T00:00:00.000Z 1-2-3 Task timed out after 10.00 seconds', 503],
    ['no match: the default', 'anything else', 200],
    ['an empty message: the default', '', 200],
  ])('%s', async (_, message, status) => {
    const { response } = await send({ responses }, {}, functionError(message));
    expect(response.status).toBe(status);
  });

  test('.* overrides the default, for successes too', async () => {
    const { response } = await send({ responses: [{}, { statusCode: 202, selectionPattern: '.*' }] });
    expect(response.status).toBe(202);
  });

  test('patterns are for errors: a result that looks like one is the default response', async () => {
    const { response } = await send({ responses }, {}, success({ errorMessage: 'Malformed input' }));
    expect(response.status).toBe(200);
  });

  test('without a template the error object goes out as it is', async () => {
    const { response } = await send({ responses }, {}, functionError('Malformed input ...'));
    expect(JSON.parse(response.body as string)).toEqual({
      errorType: 'Error',
      errorMessage: 'Malformed input ...',
      trace: [],
    });
  });

  test('no match and no default answers 500 and says so', async () => {
    const { response, log } = await send({ responses: responses.slice(1) }, {}, functionError('boom'));
    expect(response).toMatchObject({ status: 500, body: '{"message":"Internal server error"}' });
    expect(log[0]).toContain('no default output mapping configured');
  });

  test('several matches: the lowest status, and a line in the log', async () => {
    const both = [{ statusCode: 500, selectionPattern: '.*' }, ...responses];
    const { response, log } = await send({ responses: both }, {}, functionError('Malformed input'));
    expect(response.status).toBe(400);
    expect(log[0]).toContain('400 and 500 all match');
  });

  it.each([
    ['the status', { responses: [] }, 'no response 200'],
    [
      'a header',
      { responses: [{ statusCode: 200, parameters: {} }] },
      'no method.response.header.Retry-After for 200',
    ],
  ])('a method that does not declare %s answers 500', async (_, method, why) => {
    const parameters = { 'method.response.header.Retry-After': "'1'" };
    const { response, log } = await send({ method, responses: [{ parameters }] });
    expect(response.status).toBe(500);
    expect(log[0]).toContain(why);
  });
});

describe('the response’s headers', () => {
  /** https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html#mapping-response-parameters */
  it.each([
    ["'application/problem+json'", 'application/problem+json'],
    ['integration.response.body.redirect.url', 'https://example.com/'],
    ['integration.response.body.list[1]', '2'],
    ['integration.response.body.list', '[1,2]'],
    ['integration.response.header.Content-Type', 'application/json'],
    ['stageVariables.color', 'red'],
    ['context.stage', 'prod'],
    ['context.identity.sourceIp', '127.0.0.1'],
    ['integration.response.body.nothing', undefined],
    ['integration.response.body.none', undefined],
  ])('%s', async (source, expected) => {
    const parameters = { 'method.response.header.X-Mapped': source };
    const result = { redirect: { url: 'https://example.com/' }, list: [1, 2], none: null };
    const { headers } = await send({ responses: [{ parameters }] }, {}, success(result));
    expect(headers['x-mapped']).toBe(expected);
  });

  /** The custom error and the headers of the developer guide, handle-errors-in-lambda-integration. */
  test('an errorMessage that is JSON is looked into', async () => {
    const errorMessage = JSON.stringify({
      errorType: 'InternalServerError',
      httpStatus: 500,
      trace: { function: 'abc()', line: 123, file: 'abc.js' },
    });
    const body = 'integration.response.body.errorMessage';
    const parameters = {
      'method.response.header.error_trace_function': `${body}.trace.function`,
      'method.response.header.error_status': `${body}.httpStatus`,
      'method.response.header.error_type': `${body}.errorType`,
      'method.response.header.error_trace': `${body}.trace`,
    };
    const { headers } = await send({ responses: [{ parameters }] }, {}, functionError(errorMessage));
    expect(headers).toMatchObject({
      error_status: '500',
      error_trace: '{"function":"abc()","line":123,"file":"abc.js"}',
      error_trace_function: 'abc()',
      error_type: 'InternalServerError',
    });
  });

  test('Content-Type is the template’s, or application/json, or what a parameter says', async () => {
    const xml = { 'application/xml': '<a/>' };
    const parameters = { 'method.response.header.Content-Type': "'text/csv'" };
    expect((await send({})).headers['content-type']).toBe('application/json');
    expect((await send({ responses: [{ templates: xml }] })).headers['content-type']).toBe('application/xml');
    expect((await send({ responses: [{ templates: xml, parameters }] })).headers['content-type']).toBe(
      'text/csv',
    );
  });
});

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/request-response-data-mappings.html#selecting-mapping-templates */
describe('the response’s template', () => {
  const templates = { 'application/xml': '<x/>', 'application/json': '{"j":1}' };

  it.each([
    ['application/xml', templates, '<x/>'],
    ['application/xml;q=0.9, */*', templates, '<x/>'],
    ['text/html', templates, '{"j":1}'],
    [undefined, templates, '{"j":1}'],
    ['text/html', { 'application/xml': '<x/>' }, '<x/>'],
    ['text/html', {}, '{"ok":true}'],
    ['text/html', { 'application/json': '' }, '{"ok":true}'],
  ])('for Accept %s', async (accept, of, body) => {
    const headers = accept ? [json, ['Accept', accept] as const] : [json];
    const { response } = await send({ responses: [{ templates: of }] }, { headers });
    expect(response.body).toBe(body);
  });

  test('what it renders goes out as it is, JSON or not', async () => {
    const of = { 'application/json': "{ errorMessage: $input.path('$.errorMessage'); }" };
    const { response } = await send({ responses: [{ templates: of }] }, {}, functionError('{"a":1}'));
    expect(response.body).toBe('{ errorMessage: {"a":1}; }');
  });

  /** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html */
  test('it may override status and headers', async () => {
    const of = {
      'application/json':
        '#set($context.responseOverride.status = 202)#set($context.responseOverride.header.X-Color = "$stageVariables.color"){}',
    };
    const { response, headers } = await send({ responses: [{ templates: of }] });
    expect(response).toMatchObject({ status: 202, body: '{}' });
    expect(headers['x-color']).toBe('red');
  });

  test('one that is no Velocity answers 500 and says so', async () => {
    const of = { 'application/json': '#if(' };
    const { response, log } = await send({ responses: [{ templates: of }] });
    expect(response.status).toBe(500);
    expect(log[0]).toContain('Parse error');
  });
});

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-integration-async.html */
describe('X-Amz-Invocation-Type', () => {
  const byHeader = {
    integration: {
      requestParameters: { 'integration.request.header.X-Amz-Invocation-Type': 'method.request.header.Type' },
    },
  };
  const always = {
    integration: { requestParameters: { 'integration.request.header.x-amz-invocation-type': "'Event'" } },
  };

  it('Event leaves the function to itself, and answers an empty 200 at once', async () => {
    const never = new Promise<never>(() => undefined);
    const { response, event, awaited } = await send(always, {}, never);
    expect(response).toMatchObject({ status: 200, body: '' });
    expect([event, awaited]).toEqual([{ a: 1 }, false]);
  });

  it('may come from the client', async () => {
    const asked = await send(byHeader, { headers: [json, ['Type', 'Event']] });
    expect([asked.response.body, asked.awaited]).toEqual(['', false]);
    for (const headers of [[json], [json, ['Type', 'RequestResponse'] as const]]) {
      const { response, awaited } = await send(byHeader, { headers });
      expect([response.body, awaited]).toEqual(['{"ok":true}', true]);
    }
  });
});
