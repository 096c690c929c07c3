import { send } from '../support/http';
import { type ServedBuild, serveBuild } from '../support/served-build';
import { type Attributes, SynthesizedCopy } from './support/synthesized-copy';

const BURST = 3;
const ABSENT = '00000000-0000-4000-8000-000000000000';

const copy = new SynthesizedCopy();
let cloud: ServedBuild;

beforeAll(() => {
  // After the burst, one request a day.
  const limits = { throttling_burst_limit: BURST, throttling_rate_limit: 1 / 86_400 };
  const limited = (name: string) => (block: Attributes) => ({
    ...block,
    [name]: { ...(block[name] as Attributes), ...limits },
  });
  copy.change('data-api', { 'api/settings': limited('settings') });
  copy.change('items-api', { 'api/stage': limited('default_route_settings') });
});
afterEach(() => cloud.close());
afterAll(() => {
  copy.remove();
});

async function sendMany(stackId: string, path: string) {
  const answers = [];
  for (let i = 0; i < BURST + 2; i++) answers.push(await send(cloud.urlOf(stackId), `/${stackId}${path}`));
  return answers;
}
const allowed = Array.from({ length: BURST }, () => 404);

describe('with --throttle', () => {
  beforeEach(async () => {
    cloud = await serveBuild({ folder: copy.folder, throttle: true });
  });

  it('a REST API answers 429 problem+json beyond its stage’s limits, and others go on', async () => {
    const answers = await sendMany('data-api', `/prod/data/${ABSENT}`);

    expect(answers.map(({ status }) => status)).toEqual([...allowed, 429, 429]);
    const refused = answers.at(-1);
    expect(refused?.headers['content-type']).toBe('application/problem+json');
    expect(JSON.parse(refused?.text ?? '')).toMatchObject({ status: 429, code: 'throttled' });
    expect((await send(cloud.urlOf('order-api'), '/order-api/prod/none')).status).toBe(403);
  });

  it('an HTTP API answers 429 beyond its stage’s limits', async () => {
    const answers = await sendMany('items-api', `/items/${ABSENT}`);

    expect(answers.map(({ status }) => status)).toEqual([...allowed, 429, 429]);
    expect(answers.at(-1)?.text).toBe('{"message":"Too Many Requests"}');
  });
});

it('without --throttle nothing is refused', async () => {
  cloud = await serveBuild({ folder: copy.folder });

  const answers = await sendMany('data-api', `/prod/data/${ABSENT}`);

  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
});
