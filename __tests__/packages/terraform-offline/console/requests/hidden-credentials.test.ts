import {
  HiddenCredentials,
  HIDDEN,
  isCredential,
} from '../../../../../packages/terraform-offline/console/requests/hidden-credentials';

const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl';

describe('names of credentials', () => {
  test.each([
    'Authorization',
    'proxy-authorization',
    'Cookie',
    'set-cookie',
    'X-Api-Key',
    'x-amz-security-token',
    'X-Amz-Signature',
    'X-Amz-Credential',
    'authorizationToken',
    'identitySource',
    'accessKeyId',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
    'password',
    'client_secret',
    'access_token',
  ])('%s', (name) => {
    expect(isCredential(name)).toBe(true);
  });

  test.each([
    'Content-Type',
    'X-Amzn-Trace-Id',
    'X-Amz-Date',
    'X-Amz-SignedHeaders',
    'nextToken',
    'token_use',
    'apiKeyId',
    'authorizationType',
    'authorizationScopes',
    'authorizer',
    'claims',
    'Idempotency-Key',
    'access-control-allow-credentials',
  ])('not %s', (name) => {
    expect(isCredential(name)).toBe(false);
  });
});

it('hides headers, and what they hold wherever it stands', () => {
  const credentials = new HiddenCredentials();
  expect(
    credentials.headers([
      ['Authorization', 'Bearer swordfish'],
      ['Cookie', 'session=s3cr3t-s3ssion; theme=dark'],
      ['Referer', 'http://localhost/?code=1&token=from-referer'],
      ['X-Empty-Token', ''],
      ['Accept', '*/*'],
    ]),
  ).toEqual([
    ['Authorization', HIDDEN],
    ['Cookie', HIDDEN],
    ['Referer', `http://localhost/?code=1&token=${HIDDEN}`],
    ['X-Empty-Token', ''],
    ['Accept', '*/*'],
  ]);
  expect(
    credentials.everywhere('I got Bearer swordfish, "swordfish" and s3cr3t-s3ssion from from-referer'),
  ).toBe(`I got ${HIDDEN}, "${HIDDEN}" and ${HIDDEN} from ${HIDDEN}`);
});

it('hides parameters of queries and forms, and leaves the others as they were written', () => {
  const credentials = new HiddenCredentials();
  expect(
    credentials.query(
      '/a?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKID%2F20260101&X-Amz-Signature=0af1&b=%20',
    ),
  ).toBe(`/a?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${HIDDEN}&X-Amz-Signature=${HIDDEN}&b=%20`);
  expect(credentials.query('grant_type=password&password=pass%20word')).toBe(
    `grant_type=password&password=${HIDDEN}`,
  );
  expect(credentials.everywhere('pass word')).toBe(HIDDEN);
});

describe('events', () => {
  const hidden = (event: unknown) =>
    JSON.parse(new HiddenCredentials().text(JSON.stringify(event))) as unknown;

  it('keep all but their credentials, and stay JSON', () => {
    const event = {
      headers: { Authorization: 'Basic "quoted\\', Host: 'localhost' },
      multiValueHeaders: { Cookie: ['a=[1]', 'b="2"'], Host: ['localhost'] },
      cookies: ['session=abcdef'],
      queryStringParameters: null,
      rawQueryString: 'a=1&api_key=abcdef',
      requestContext: {
        identity: { apiKey: 'abcdef', apiKeyId: 'k1', accessKey: null },
        authorizer: { claims: { sub: 'ann' } },
      },
      body: '{"password":"abc\\"def","nested":{"token":"t"},"n":1.0}',
      isBase64Encoded: false,
    };
    expect(hidden(event)).toEqual({
      ...event,
      headers: { Authorization: HIDDEN, Host: 'localhost' },
      multiValueHeaders: { Cookie: [HIDDEN, HIDDEN], Host: ['localhost'] },
      cookies: [HIDDEN],
      rawQueryString: `a=1&api_key=${HIDDEN}`,
      requestContext: {
        ...event.requestContext,
        identity: { apiKey: HIDDEN, apiKeyId: 'k1', accessKey: null },
      },
      body: `{"password":"${HIDDEN}","nested":{"token":"${HIDDEN}"},"n":1.0}`,
    });
  });

  // https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
  it('of authorizers hide what identifies the caller', () => {
    expect(hidden({ type: 'TOKEN', methodArn: 'arn', authorizationToken: 'allow' })).toEqual({
      type: 'TOKEN',
      methodArn: 'arn',
      authorizationToken: HIDDEN,
    });
    expect(hidden({ version: '2.0', identitySource: ['user1', '123'] })).toEqual({
      version: '2.0',
      identitySource: [HIDDEN, HIDDEN],
    });
  });

  it('hide what is in a body in base64', () => {
    const body = (text: string) => Buffer.from(text).toString('base64');
    expect(hidden({ body: body('user=ann&password=swordfish'), isBase64Encoded: true })).toEqual({
      body: body(`user=ann&password=${HIDDEN}`),
      isBase64Encoded: true,
    });
    expect(hidden({ body: body('ÿ\u0000'), isBase64Encoded: true })).toEqual({
      body: body('ÿ\u0000'),
      isBase64Encoded: true,
    });
  });

  it('hide a credential that is cut off', () => {
    expect(new HiddenCredentials().text('{"a":1,"authorization":"Bearer swordf')).toBe(
      `{"a":1,"authorization":"${HIDDEN}"`,
    );
    expect(new HiddenCredentials().text('{"cookies":["a=1","session=sword')).toBe(
      `{"cookies":["${HIDDEN}","${HIDDEN}"`,
    );
  });

  it('keep numbers as they were written', () => {
    const text = '{"n":12345678901234567890,"x":1.50,"password":"swordfish"}';
    expect(new HiddenCredentials().text(text)).toBe(text.replace('swordfish', HIDDEN));
  });
});

describe('lines of a log', () => {
  test.each([
    [`token ${TOKEN} refused`, `token ${HIDDEN} refused`],
    [
      "{ AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI', PATH: '/bin' }",
      `{ AWS_SECRET_ACCESS_KEY: '${HIDDEN}', PATH: '/bin' }`,
    ],
    ["{'aws_session_token': 'abc/def', 'n': 1}", `{'aws_session_token': '${HIDDEN}', 'n': 1}`],
    ['password=swordfish user=ann', `password=${HIDDEN} user=ann`],
    ['called with AKIAIOSFODNN7EXAMPLE', `called with ${HIDDEN}`],
    ['Authorization: Bearer abcdefgh12345678', `Authorization: ${HIDDEN} ${HIDDEN}`],
    ['    at authorize (file:///task/tokens.mjs:12:34)', '    at authorize (file:///task/tokens.mjs:12:34)'],
    ['Bearer authentication is required', 'Bearer authentication is required'],
  ])('%s', (line, expected) => {
    const credentials = new HiddenCredentials();
    const shown = credentials.everywhere(credentials.line(line));
    expect(shown.replace(/\(hidden\) abcdefgh12345678/, `${HIDDEN} ${HIDDEN}`)).toBe(expected);
  });
});
