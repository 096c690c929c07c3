import { send } from './custom-support';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-passthrough-behaviors.html, examples 1 and 2 */
describe('passthrough', () => {
  const template = '{"mapped":$input.body}';
  const mapped = { mapped: { a: 1 } };
  const asIs = { a: 1 };

  it.each([
    // One template for application/json.
    ['application/json', undefined, 'WHEN_NO_MATCH', mapped],
    ['application/json', undefined, 'WHEN_NO_TEMPLATES', mapped],
    ['application/json', undefined, 'NEVER', mapped],
    ['application/json', 'application/json', 'WHEN_NO_MATCH', mapped],
    ['application/json', 'application/json', 'WHEN_NO_TEMPLATES', mapped],
    ['application/json', 'application/json; charset=UTF-8', 'NEVER', mapped],
    ['application/json', 'application/xml', 'WHEN_NO_MATCH', asIs],
    ['application/json', 'application/xml', 'WHEN_NO_TEMPLATES', 415],
    ['application/json', 'application/xml', 'NEVER', 415],
    // One template for application/xml.
    ['application/xml', undefined, 'WHEN_NO_MATCH', asIs],
    ['application/xml', undefined, 'WHEN_NO_TEMPLATES', 415],
    ['application/xml', undefined, 'NEVER', 415],
    ['application/xml', 'application/json', 'WHEN_NO_MATCH', asIs],
    ['application/xml', 'application/json', 'WHEN_NO_TEMPLATES', 415],
    ['application/xml', 'application/json', 'NEVER', 415],
    ['application/xml', 'application/xml', 'NEVER', mapped],
    // No template at all.
    [undefined, 'application/json', 'WHEN_NO_MATCH', asIs],
    [undefined, 'application/json', 'WHEN_NO_TEMPLATES', asIs],
    [undefined, 'application/json', 'NEVER', 415],
  ] as const)(
    'template for %s, Content-Type %s, %s',
    async (key, contentType, passthroughBehavior, expected) => {
      const requestTemplates = key ? { [key]: template } : {};
      const headers = contentType ? ([['Content-Type', contentType]] as const) : [];
      const { event, response } = await send(
        { integration: { requestTemplates, passthroughBehavior } },
        { headers },
      );
      if (expected === 415) {
        expect(event).toBeUndefined();
        expect(response).toMatchObject({ status: 415, body: '{"message":"Unsupported Media Type"}' });
      } else {
        expect(event).toEqual(expected);
      }
    },
  );

  test('a body that is no JSON never reaches the function', async () => {
    const { event, response } = await send({}, { body: 'hello' });
    expect(event).toBeUndefined();
    expect(response.status).toBe(400);
    expect(response.body).toContain('Could not parse request body into json');
  });

  test('a template that makes no JSON of a body that is some is named in the log', async () => {
    const requestTemplates = { 'application/json': '$input.body $input.body' };
    const { event, response, log } = await send({ integration: { requestTemplates } });
    expect({ event, status: response.status }).toEqual({ event: undefined, status: 400 });
    expect(log).toEqual([
      'POST /things/{id}: the request template made no JSON of the body: {"a":1} {"a":1}',
    ]);
  });

  test('an empty body is an empty event', async () => {
    const requestTemplates = { 'application/json': '$input.body' };
    expect((await send({}, { body: '' })).event).toEqual({});
    expect((await send({ integration: { requestTemplates } }, { body: '' })).event).toEqual({});
  });
});
