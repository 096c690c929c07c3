import { jsonBody, type BodyOptions } from '../../../../functions/shared/http/json-body';
import { Problem } from '../../../../functions/shared/http/problem';

const JSON_TYPE = 'application/json';

function read(
  body: string | undefined,
  contentType: string | undefined = JSON_TYPE,
  options?: BodyOptions,
): unknown {
  const request = {
    path: '/',
    pathParameters: {},
    query: {},
    requestId: 'id',
    body,
    header: (name: string) => (name === 'content-type' ? contentType : undefined),
  };
  return jsonBody(request, options);
}

function refusal(body: string | undefined, contentType?: string, options?: BodyOptions): Problem {
  try {
    read(body, contentType, options);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('the body was accepted');
}

describe('media types', () => {
  test.each([
    'application/json',
    'Application/JSON',
    'application/json; charset=utf-8',
    'application/json;charset="UTF-8"',
    'application/merge-patch+json',
  ])('%s is JSON', (type) => {
    expect(read('{"a":1}', type)).toEqual({ a: 1 });
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/jsonp',
    'application/json, text/plain',
    'application/json; charset=utf-16',
    'json',
    '',
    'application/xml;application/json',
  ])('%j is a 415', (type) => {
    expect(refusal('{"a":1}', type).code).toBe('unsupported-media-type');
  });
});

describe('a body of which bytes were lost on the way', () => {
  const sent = (body: string, headers: Record<string, string>) =>
    jsonBody({
      path: '/',
      pathParameters: {},
      query: {},
      requestId: 'id',
      body,
      header: (name) => ({ 'content-type': JSON_TYPE, ...headers })[name],
    });
  // The byte E9, a Latin-1 é, as a gateway hands it on.
  const lost = Buffer.from([...Buffer.from('{"a":"'), 0xe9, ...Buffer.from('"}')]).toString();

  test('is refused, with both lengths', () => {
    expect(() => sent(lost, { 'content-length': '9' })).toThrow(
      expect.objectContaining({
        code: 'invalid-json',
        message: expect.stringMatching(/not UTF-8.* 9 .* 11/) as string,
      }) as Error,
    );
  });

  test.each<[what: string, body: string, headers: Record<string, string>]>([
    ['without a length', lost, {}],
    ['of compressed bytes', lost, { 'content-length': '9', 'content-encoding': 'gzip' }],
    ['that holds U+FFFD itself', '{"a":"\ufffd"}', { 'content-length': '11' }],
    ['in several bytes for a character', '{"a":"é😀"}', { 'content-length': '14' }],
  ])('is taken as it is where it is one %s', (_what, body, headers) => {
    expect(sent(body, headers)).toEqual(JSON.parse(body));
  });
});

describe('broken JSON is refused with what is wrong and where', () => {
  test.each([
    ['nothing', undefined, /no body/],
    ['a blank', ' ', /JSON value expected .*position 1/],
    ['an open object', '{"a":1', /end of object.*position 6/],
    ['a trailing comma', '[1,]', /position 3/],
    ['single quotes', "{'a':1}", /position 1/],
    ['two values', '1 2', /position 2/],
    ['NaN', '{"a":NaN}', /position 5/],
    ['a bare word', 'tru', /position 0/],
    ['a leading zero', '[01]', /position 2/],
    ['a leading dot', '[.5]', /position 1/],
    [
      'a byte order mark',
      '\ufeff{}',
      /begins with a byte order mark, at position 0; send it as UTF-8 without one/,
    ],
    ['a control character in a text', '"a\nb"', /position 2/],
    ['a bad escape', '"\\x41"', /position 1/],
    ['a member given twice', '{"a":1,"a":2}', /Duplicate key 'a' .*position 8/],
    ['a prototype given twice', '{"__proto__":1,"__proto__":2}', /Duplicate key '__proto__'/],
  ])('%s', (_, body, reason) => {
    const problem = refusal(body);
    expect(problem.code).toBe('invalid-json');
    expect(problem.message).toMatch(reason);
  });

  test('a long name is not echoed whole', () => {
    const name = 'n'.repeat(10_000);
    expect(refusal(`{"${name}":1,"${name}":2}`).message.length).toBeLessThan(200);
  });
});

test('a member given twice with the same value loses nothing', () => {
  expect(read('{"a":[1.0,{"b":0}],"a":[1,{"b":-0}]}')).toEqual({ a: [1, { b: 0 }] });
});

test('numbers that would change are named by their paths', () => {
  const { code, errors } = refusal('{"a":[1,1e400],"b":{"c d":9007199254740993},"e":0.1}');
  expect(code).toBe('inexact-number');
  expect(errors).toEqual([
    {
      path: 'a[1]',
      message:
        '1e400 cannot be held exactly by both JavaScript and DynamoDB; keep it between -1e126 and 1e126, or send it as a string',
    },
    {
      path: 'b["c d"]',
      message:
        '9007199254740993 cannot be held exactly by both JavaScript and DynamoDB; round it, or send it as a string',
    },
  ]);
});

test.each([
  ['more digits than fit', '0.1234567890123456789012345678901234567890123', /; round it$/],
  ['too near to 0', '1e-200', /; round it$/],
  ['too large', '1e200', /; keep it between -1e126 and 1e126$/],
  ['too far below 0', '-1e200', /; keep it between -1e126 and 1e126$/],
])('where only a number is taken, one with %s is not to be sent as a string', (_, number, advice) => {
  const takesText = (path: string) => path !== 'price';
  const { code, message, errors } = refusal(`{"price":${number},"note":${number}}`, JSON_TYPE, { takesText });
  expect(code).toBe('inexact-number');
  expect(message).not.toMatch(/string|round/);
  expect(errors?.map(({ path }) => path)).toEqual(['price', 'note']);
  expect(errors?.[0]?.message).toMatch(advice);
  expect(errors?.[1]?.message).toMatch(/, or send it as a string$/);
});

test('an object that looks like one of the parser is an object', () => {
  const body = { isLosslessNumber: true, value: '1', type: 'LosslessNumber' };
  expect(read(JSON.stringify(body))).toEqual(body);
});

test('prototype names are violations, and change nothing on the way', () => {
  const { code, errors } = refusal('{"__proto__":{"polluted":true},"a":{"constructor":{"prototype":{}}}}');
  expect(code).toBe('invalid-request');
  expect(errors?.map(({ path }) => path)).toEqual(['__proto__', 'a.constructor']);
  expect({}).not.toHaveProperty('polluted');
});

describe('hostile sizes are refused before they are parsed', () => {
  test.each([
    ['a million brackets', '['.repeat(1_000_000)],
    ['a million objects', '{"a":'.repeat(1_000_000)],
    ['brackets behind a text of brackets', `["${'\\"['.repeat(50)}",${'['.repeat(100)}`],
  ])('%s', (_, body) => {
    expect(refusal(body)).toMatchObject({
      code: 'invalid-request',
      message: expect.stringContaining('deeper') as string,
    });
  });

  test('more values than fit into an item', () => {
    expect(refusal(`[${'1,'.repeat(2_900_000)}1]`).code).toBe('too-large');
  });

  test('brackets and commas inside texts do not count', () => {
    const text = '\\"[{,'.repeat(100_000);
    expect(read(`{"a":"${text}"}`)).toEqual({ a: '"[{,'.repeat(100_000) });
  });

  test('a number of millions of digits', () => {
    const { code, errors } = refusal(`[1.${'1'.repeat(5_000_000)}]`);
    expect(code).toBe('inexact-number');
    expect(errors?.[0]?.message.length).toBeLessThan(200);
  });
});
