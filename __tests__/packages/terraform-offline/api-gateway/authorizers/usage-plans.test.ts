import { usageOf } from '../../../../../packages/terraform-offline/api-gateway/authorizers/usage-plans';
import { restGateway } from '../../../../../packages/terraform-offline/api-gateway/rest/gateway';
import type { RestApi } from '../../../../../packages/terraform-offline/terraform/model/rest-api';
import type { UsagePlan } from '../../../../../packages/terraform-offline/terraform/model/throttling';
import { request, restApi, restMethod, run } from '../support';

const key = { id: 'k1', name: 'ann', value: 'a-key-of-twenty-signs', isGiven: false, enabled: true };
const disabled = { id: 'k2', name: 'bob', value: 'another-key-of-twenty', isGiven: false, enabled: false };
const basic: UsagePlan = {
  id: 'p1',
  name: 'basic',
  keys: [key, disabled],
  throttling: undefined,
  methodThrottling: {},
  quota: undefined,
};
const DAY = 24 * 60 * 60 * 1000;
/** A Thursday, the last of its month. */
const START = Date.UTC(2030, 0, 31, 12);

/** A gateway of an API with this plan, at a time that the test sets. */
function gatewayOf(plan: Partial<UsagePlan> = {}, more: Partial<RestApi> = {}) {
  const clock = { now: START };
  const methods = [
    restMethod('GET /a', { apiKeyRequired: true }),
    restMethod('GET /b', { apiKeyRequired: true }),
  ];
  const api = restApi([...methods, 'GET /open'], { usagePlans: [{ ...basic, ...plan }], ...more });
  const use = usageOf(() => clock.now);
  const send = async (path: string, value?: string) => {
    const headers = value === undefined ? [] : [['X-Api-Key', value] as const];
    return run((d) => restGateway(api, { ...d, use }), request(path, { headers }));
  };
  const statuses = async (...paths: string[]) => {
    const found: number[] = [];
    for (const path of paths) found.push((await send(path, key.value)).response.status);
    return found;
  };
  return { clock, send, statuses };
}

const refusal = (status: number, message: string, type: string) => ({
  response: { status, body: JSON.stringify({ message }) },
  headers: { 'x-amzn-errortype': type },
  event: undefined,
});

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/supported-gateway-response-types.html */
describe('a method that wants an API key', () => {
  const forbidden = refusal(403, 'Forbidden', 'ForbiddenException');

  it('answers the holder of one, and shows whose it is', async () => {
    const { response, event } = await gatewayOf().send('/a', key.value);
    expect(response.status).toBe(200);
    expect(event).toMatchObject({
      requestContext: { identity: { apiKey: key.value, apiKeyId: key.id } },
    });
  });

  it.each<[what: string, value: string | undefined]>([
    ['no key', undefined],
    ['an empty one', ''],
    ['another', 'nobody-has-this-as-a-key'],
    ['one in another case', key.value.toUpperCase()],
    ['a part of one', key.value.slice(1)],
    ['a disabled one', disabled.value],
  ])('refuses %s', async (_, value) => {
    expect(await gatewayOf().send('/a', value)).toMatchObject(forbidden);
  });

  it('refuses a key that is in no plan of its stage', async () => {
    expect(await gatewayOf({}, { usagePlans: [] }).send('/a', key.value)).toMatchObject(forbidden);
    expect(await gatewayOf({ keys: [] }).send('/a', key.value)).toMatchObject(forbidden);
  });

  it('never logs one', async () => {
    const gateway = gatewayOf();
    for (const value of [key.value, disabled.value]) {
      expect(JSON.stringify((await gateway.send('/a', value)).log)).not.toContain(value);
    }
  });

  it('shows no key where none is asked for', async () => {
    const { event } = await gatewayOf().send('/open', key.value);
    const { requestContext } = event as { requestContext: { identity: object } };
    expect(Object.keys(requestContext.identity)).not.toContain('apiKey');
  });
});

describe('beyond the plan', () => {
  it('answers 429 when the quota is used up, until its next day', async () => {
    const { clock, send, statuses } = gatewayOf({ quota: { limit: 2, offset: 0, period: 'DAY' } });
    expect(await statuses('/a', '/b', '/a')).toEqual([200, 200, 429]);
    expect(await send('/a', key.value)).toMatchObject(
      refusal(429, 'Limit Exceeded', 'LimitExceededException'),
    );
    clock.now += DAY / 2 - 1;
    expect(await statuses('/a')).toEqual([429]);
    clock.now += 1;
    expect(await statuses('/a', '/a', '/a')).toEqual([200, 200, 429]);
  });

  it.each([
    ['WEEK', 3],
    ['MONTH', 1],
  ] as const)('counts a %s from its first day on', async (period, days) => {
    const { clock, statuses } = gatewayOf({ quota: { limit: 1, offset: 0, period } });
    expect(await statuses('/a', '/a')).toEqual([200, 429]);
    clock.now += (days - 1) * DAY;
    expect(await statuses('/a')).toEqual([429]);
    clock.now += DAY;
    expect(await statuses('/a')).toEqual([200]);
  });

  it('takes the offset off the first period alone', async () => {
    const { clock, statuses } = gatewayOf({ quota: { limit: 3, offset: 2, period: 'DAY' } });
    expect(await statuses('/a', '/a')).toEqual([200, 429]);
    clock.now += DAY;
    expect(await statuses('/a', '/a', '/a', '/a')).toEqual([200, 200, 200, 429]);
  });

  it('answers 429 beyond the rate, over all methods, and again after a while', async () => {
    const { clock, send, statuses } = gatewayOf({ throttling: { rateLimit: 1, burstLimit: 2 } });
    expect(await statuses('/a', '/b', '/a')).toEqual([200, 200, 429]);
    expect(await send('/b', key.value)).toMatchObject(
      refusal(429, 'Too Many Requests', 'TooManyRequestsException'),
    );
    clock.now += 1000;
    expect(await statuses('/a', '/a')).toEqual([200, 429]);
  });

  it('counts a method with a rate of its own by itself', async () => {
    const one = { rateLimit: 1, burstLimit: 1 };
    const { statuses } = gatewayOf({
      throttling: { ...one, burstLimit: 2 },
      methodThrottling: { '/a/GET': one },
    });
    expect(await statuses('/a', '/a', '/b', '/b', '/b')).toEqual([200, 429, 200, 200, 429]);
  });
});
