import { api, rest_api_id } from './support';

it('reads the usage plans of its stage, with their keys', async () => {
  const stage = { api_id: rest_api_id, stage: '${aws_api_gateway_stage.stage.stage_name}' };
  const { usagePlans } = await api({
    aws_api_gateway_api_key: {
      ann: { name: 'ann', value: 'a-value-that-was-given' },
      bob: { name: 'bob', enabled: false },
    },
    aws_api_gateway_usage_plan: {
      basic: {
        name: 'basic',
        api_stages: [{ ...stage, throttle: [{ path: '/books/{id}/PUT', rate_limit: 1, burst_limit: 2 }] }],
        quota_settings: { limit: 20, offset: 2, period: 'WEEK' },
        throttle_settings: { rate_limit: 10, burst_limit: 5 },
      },
      elsewhere: { name: 'elsewhere', api_stages: [{ ...stage, stage: 'test' }] },
    },
    aws_api_gateway_usage_plan_key: Object.fromEntries(
      ['ann', 'bob'].map((name) => [
        name,
        {
          key_id: `\${aws_api_gateway_api_key.${name}.id}`,
          key_type: 'API_KEY',
          usage_plan_id: '${aws_api_gateway_usage_plan.basic.id}',
        },
      ]),
    ),
  });
  const id = expect.stringMatching(/^[a-z0-9]{10}$/) as string;
  expect(usagePlans).toEqual([
    {
      id: expect.stringMatching(/^[a-z0-9]{6}$/) as string,
      name: 'basic',
      keys: [
        { id, name: 'ann', value: 'a-value-that-was-given', isGiven: true, enabled: true },
        {
          id,
          name: 'bob',
          value: expect.stringMatching(/^[a-z0-9]{40}$/) as string,
          isGiven: false,
          enabled: false,
        },
      ],
      throttling: { rateLimit: 10, burstLimit: 5 },
      methodThrottling: { '/books/{id}/PUT': { rateLimit: 1, burstLimit: 2 } },
      quota: { limit: 20, offset: 2, period: 'WEEK' },
    },
  ]);
});
