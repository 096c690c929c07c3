import { fixtureFunction, returned, startFunction } from '../../../support/lambda';

describe('an invocation', () => {
  it.each([
    ['an object', { a: [1, null, 'ü'] }],
    ['text', 'text'],
    ['null', null],
  ])('hands %s to the handler and back', async (_case, event) => {
    const service = startFunction(fixtureFunction('index.echo'));

    expect(returned(await service.run(event))).toEqual(event);
    await service.close();
  });

  it.each([
    ['nothing', 'index.nothing', 'behaviours', null],
    ['what a nested handler returns', 'index.nested.deeper.handler', 'behaviours', 'found'],
    ['what a CommonJS handler returns', 'index.handler', 'commonjs', 'from CommonJS'],
  ])('gives back %s', async (_case, handler, fixture, expected) => {
    const service = startFunction(fixtureFunction(handler, { fixture }));

    expect(returned(await service.run())).toBe(expected);
    await service.close();
  });

  it('takes a callback up to Node.js 22', async () => {
    const service = startFunction(fixtureFunction('index.withCallback', { runtime: 'nodejs22.x' }));

    expect(returned(await service.run({ order: 1 }))).toEqual({ order: 1 });
    await service.close();
  });

  it('gives the handler the documented context', async () => {
    const fn = fixtureFunction('index.context', { memoryMb: 256, timeoutSeconds: 5 });
    const service = startFunction(fn);

    const { remaining, ...context } = returned(await service.run({}, { requestId: 'request-1' })) as {
      remaining: number;
    };

    expect(context).toEqual({
      functionName: fn.name,
      functionVersion: '$LATEST',
      invokedFunctionArn: fn.arn,
      memoryLimitInMB: '256',
      awsRequestId: 'request-1',
      logGroupName: fn.logGroup,
      logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/) as unknown,
    });
    expect(remaining).toBeGreaterThan(4000);
    expect(remaining).toBeLessThanOrEqual(5000);
    await service.close();
  });

  it('of an event over 6,291,556 bytes is refused', async () => {
    const service = startFunction(fixtureFunction('index.nothing'));
    const payload = (bytes: number) => JSON.stringify('x'.repeat(bytes - 2));

    expect(await service.run({}, { payload: payload(6_291_556) })).toMatchObject({ outcome: 'success' });
    expect(await service.run({}, { payload: payload(6_291_557) })).toEqual({
      outcome: 'refused',
      reason: 'request-too-large',
      message:
        '6291557 byte payload is too large for the RequestResponse invocation type (limit 6291556 bytes)',
    });
    await service.close();
  });

  it('of an unknown function is refused', async () => {
    const service = startFunction(fixtureFunction('index.echo'));

    expect(await service.run({}, { functionArn: 'arn:aws:lambda:x:1:function:absent' })).toEqual({
      outcome: 'refused',
      reason: 'not-found',
      message: 'Function not found: arn:aws:lambda:x:1:function:absent',
    });
    await service.close();
  });
});
