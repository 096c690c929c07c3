import type { RequestSummary } from '../../../../../packages/terraform-offline/console/requests/record';
import { Recorder } from '../../../../../packages/terraform-offline/console/requests/recorder';
import type { Request } from '../../../../../packages/terraform-offline/iam/evaluate';
import type { Event } from '../../../../../packages/terraform-offline/lambda/execution-environment';
import type { HttpRequest, PageResponse } from '../../../../../packages/terraform-offline/server/request';

const ARN = 'arn:aws:lambda:eu-west-1:000000000000:function:Store';

const request = (settings: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'POST',
  rawPath: '/notes/prod/notes',
  prefix: '',
  rawQuery: '',
  rawHeaders: ['Host', 'localhost:3000', 'Authorization', 'Bearer swordfish'],
  body: Buffer.from('{"a":1}'),
  sourceIp: '127.0.0.1',
  protocol: 'HTTP/1.1',
  ...settings,
});

const response = (settings: Partial<PageResponse> = {}): PageResponse => ({
  status: 200,
  headers: [
    ['x-amzn-RequestId', 'gateway-1'],
    ['Set-Cookie', 'session=s3cr3t-s3ssion'],
  ],
  body: '{"token":"swordfish"}',
  ...settings,
});

const event = (requestId: string, settings: Partial<Event> = {}): Event => ({
  requestId,
  payload: '{"headers":{"Authorization":"Bearer swordfish"}}',
  invokedFunctionArn: ARN,
  traceId: `Root=${requestId}`,
  ...settings,
});

const asked: Request = {
  principal: { kind: 'AWS', name: 'arn:aws:iam::000000000000:role/store' },
  action: 'dynamodb:PutItem',
  resource: 'arn:aws:dynamodb:eu-west-1:000000000000:table/notes',
};
const denied = {
  outcome: 'implicitly-denied',
  lacking: 'identity-based policy',
  withheld: undefined,
} as const;
const allowed = {
  outcome: 'allowed',
  by: [{ type: 'identity-based policy', policy: 'store', index: 0, sid: 'Put' }],
} as const;

let recorder: Recorder;
let ended: RequestSummary[];
beforeEach(() => {
  ended = [];
  recorder = new Recorder({
    isOwn: ({ rawPath }) => rawPath.startsWith('/_explorer/'),
    ended: (summary) => ended.push(summary()),
  });
});
afterEach(() => {
  recorder.close();
});

/** Answers a request while a function is invoked for it. */
const answer = (during: () => void | Promise<void> = () => undefined, answered = response()) =>
  recorder.recorded(async () => {
    await during();
    return answered;
  });

const only = () => recorder.find(recorder.list()[0]!.key)!;

it('keeps a request with all that was told of it, and no credential', async () => {
  await answer(async () => {
    recorder.log({ type: 'notice', level: 'warn', message: 'swordfish does not open it' });
    recorder.onDecision(asked, denied);
    const hear = recorder.invoked(event('i1'), undefined);
    await Promise.resolve();
    recorder.log({
      type: 'function',
      functionName: 'Store',
      requestId: 'i1',
      line: 'got Bearer swordfish\n',
    });
    recorder.onDecision({ ...asked, invocation: 'Root=i1' }, allowed);
    recorder.called({
      operation: 'PutItem',
      tables: ['notes'],
      traceId: 'Root=i1',
      milliseconds: 1,
      status: 400,
      error: 'ValidationException: swordfish',
    });
    hear({
      outcome: 'function-error',
      payload: '{"errorMessage":"swordfish"}',
      errorType: 'Error',
      errorMessage: '',
    });
  })(request({ rawQuery: 'a=1&token=swordfish' }));

  const detail = only();
  expect(JSON.stringify([recorder.list(), ended, detail])).not.toMatch(/swordfish|s3cr3t/);
  expect(ended).toEqual(recorder.list());
  expect(detail).toMatchObject({
    id: 'gateway-1',
    source: 'request',
    method: 'POST',
    path: '/notes/prod/notes?a=1&token=(hidden)',
    functions: ['Store'],
    status: 200,
    failure: 'Error',
    request: {
      headers: [
        ['Host', 'localhost:3000'],
        ['Authorization', '(hidden)'],
      ],
      body: '{"a":1}',
    },
    answer: { status: 200, body: '{"token":"(hidden)"}' },
    notices: [{ level: 'warn', message: '(hidden) does not open it' }],
    decisions: [{ who: 'store', action: 'dynamodb:PutItem', allowed: false }],
  });
  expect(detail.decisions[0]?.by).toContain('its policies lack the statement');
  expect(detail.invocations).toMatchObject([
    {
      requestId: 'i1',
      functionName: 'Store',
      region: 'eu-west-1',
      outcome: 'function-error',
      lines: ['got (hidden)'],
      decisions: [{ allowed: true, by: 'store Statement[0] "Put"' }],
      calls: [
        { operation: 'PutItem', tables: ['notes'], status: 400, error: 'ValidationException: (hidden)' },
      ],
      event: { text: '{"headers":{"Authorization":"(hidden)"}}' },
    },
  ]);
});

it('tells requests apart that go on at the same time', async () => {
  let both = 0;
  const meet = () => {
    both++;
    return new Promise<void>((resolve) => {
      const wait = () => (both === 2 ? resolve() : setImmediate(wait));
      wait();
    });
  };
  await Promise.all(
    ['/a', '/b'].map((rawPath) =>
      answer(async () => {
        await meet();
        recorder.log({ type: 'notice', level: 'info', message: rawPath });
        recorder.invoked(event(`of ${rawPath}`), undefined)({ outcome: 'success', payload: 'null' });
      })(request({ rawPath })),
    ),
  );
  for (const { key, path } of recorder.list()) {
    const { notices, invocations } = recorder.find(key)!;
    expect(notices.map(({ message }) => message)).toEqual([path]);
    expect(invocations.map(({ requestId }) => requestId)).toEqual([`of ${path}`]);
  }
});

it.each([
  ['stream', 'main.tf: aws_lambda_event_source_mapping.orders'],
  ['schedule', 'main.tf: aws_cloudwatch_event_rule.nightly'],
  ['asynchronous', ARN],
  ['destination', 'Store (Success)'],
] as const)('keeps what a %s invokes, under its source', async (kind, name) => {
  await answer(() => {
    // Also within a request, which does not wait for it.
    recorder.invoked(event('i1'), { kind, name })({ outcome: 'success', payload: 'null' });
  })(request());

  const [found] = recorder.list().filter(({ source }) => source === kind);
  expect(found).toMatchObject({
    id: 'i1',
    method: kind,
    path: name,
    status: undefined,
    functions: ['Store'],
  });
  expect(recorder.find(found!.key)?.request).toBeUndefined();
  expect(recorder.list()).toHaveLength(2);
});

it('has an invocation that goes on after its request was answered', async () => {
  let hear: ReturnType<typeof recorder.invoked> | undefined;
  await answer(
    () => {
      hear = recorder.invoked(event('i1'), undefined);
    },
    response({ status: 504 }),
  )(request());
  expect(only().invocations[0]?.outcome).toBeUndefined();

  hear!({ outcome: 'success', payload: 'null' });
  expect(only()).toMatchObject({ status: 504, invocations: [{ outcome: 'success' }] });
  expect(ended.map(({ status }) => status)).toEqual([504, 504]);
});

it('keeps nothing of the page itself', async () => {
  await answer()(request({ rawPath: '/_explorer/requests' }));
  expect([recorder.list(), ended]).toEqual([[], []]);
});

describe('bounds', () => {
  it('keeps the last 200 requests, the newest first', async () => {
    for (let i = 1; i <= 250; i++) await answer()(request({ rawPath: `/${i}` }));
    const paths = recorder.list().map(({ path }) => path);
    expect([paths.length, paths[0], paths.at(-1)]).toEqual([200, '/250', '/51']);
    expect(recorder.find(1)).toBeUndefined();
  });

  it('keeps 16 MB of them, and the newest however large it is', async () => {
    const large = (bytes: number) => response({ body: Buffer.alloc(bytes, 'a') });
    for (let i = 1; i <= 5; i++) await answer(undefined, large(5_000_000))(request({ rawPath: `/${i}` }));
    expect(recorder.list().map(({ path }) => path)).toEqual(['/5', '/4', '/3']);
    await answer(undefined, large(20_000_000))(request({ rawPath: '/large' }));
    expect(recorder.list().map(({ path }) => path)).toEqual(['/large']);
  });

  it('keeps the beginning of what is long, and counts the rest', async () => {
    await answer(
      () => {
        const hear = recorder.invoked(
          event('i1', { payload: JSON.stringify('x'.repeat(300_000)) }),
          undefined,
        );
        for (let i = 0; i < 600; i++) {
          recorder.log({ type: 'function', functionName: 'Store', requestId: 'i1', line: `line ${i}` });
        }
        hear({ outcome: 'success', payload: 'null' });
      },
      response({ body: 'y'.repeat(300_000) }),
    )(request());
    const { answer: answered, invocations } = only();
    const [{ event: kept, lines, more }] = invocations as [(typeof invocations)[0]];
    const limit = 256 * 1024;
    expect([answered?.body.length, answered?.cut]).toEqual([limit, 300_000 - limit]);
    expect([kept.text.length, kept.cut]).toEqual([limit, 300_002 - limit]);
    expect([lines.length, more]).toEqual([500, 100]);
  });
});

it('keeps no credential longer than it takes, whether anybody looks or not', async () => {
  jest.useFakeTimers({ doNotFake: ['performance', 'setImmediate', 'queueMicrotask', 'nextTick'] });
  try {
    await answer(() => {
      recorder.invoked(event('i1'), undefined)({ outcome: 'success', payload: '"swordfish"' });
    })(request());
    const before = only();
    jest.advanceTimersByTime(5000);
    expect(only()).toEqual(before);
    const kept = (recorder as unknown as { kept: Map<number, object> }).kept;
    expect(JSON.stringify([...kept.values()])).not.toContain('swordfish');
    // What comes later belongs to nobody.
    recorder.log({ type: 'function', functionName: 'Store', requestId: 'i1', line: 'swordfish' });
    expect(only()).toEqual(before);
  } finally {
    jest.useRealTimers();
  }
});

it('shows what is within a compressed answer, and no text as base64', async () => {
  const { gzipSync } = await import('node:zlib');
  const gzipped = response({ headers: [['Content-Encoding', 'gzip']], body: gzipSync('{"of":"swordfish"}') });
  await answer(undefined, gzipped)(request());
  expect(only().answer).toMatchObject({ body: '{"of":"(hidden)"}', isBase64: false });
  await answer(undefined, response({ body: Buffer.from([0xff, 0xfe]) }))(request());
  expect(only().answer).toMatchObject({ body: '//4=', isBase64: true });
});
