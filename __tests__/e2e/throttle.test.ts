import { startLocalServer, stopLocalServers, type LocalServer } from '../support/local-server';
import { send } from '../support/http';

/** Far more than the burst of 200, and the 100 a second that both stages let through after it. */
const REQUESTS = 1000;
const ABSENT = '00000000-0000-4000-8000-000000000000';

let server: LocalServer;
afterEach(stopLocalServers);

const sendMany = (stackId: string, path: string) =>
  Promise.all(Array.from({ length: REQUESTS }, () => send(server.urlOf(stackId), `/${stackId}${path}`)));

describe('with --throttle', () => {
  beforeEach(async () => {
    server = await startLocalServer({ args: ['--no-build', '--in-memory', '--throttle'] });
  });

  it('a REST API answers 429 problem+json beyond its stage’s limits, and goes on', async () => {
    const answers = await sendMany('data-api', `/prod/data/${ABSENT}`);

    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(answers.filter(({ status }) => status === 404).length).toBeGreaterThanOrEqual(200);
    expect(refused[0]?.headers['content-type']).toBe('application/problem+json');
    expect(JSON.parse(refused[0]?.text ?? '')).toMatchObject({ status: 429, code: 'throttled' });
    expect((await send(server.urlOf('order-api'), '/order-api/prod/none')).status).toBe(403);
  });

  it('an HTTP API answers 429 beyond its stage’s limits', async () => {
    const answers = await sendMany('items-api', `/items/${ABSENT}`);

    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]?.text).toBe('{"message":"Too Many Requests"}');
  });
});

it('without --throttle nothing is refused', async () => {
  server = await startLocalServer();

  const answers = await sendMany('data-api', `/prod/data/${ABSENT}`);

  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
});
