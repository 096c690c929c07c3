import type { Block } from '../language/configuration/block';
import type { Resource } from '../language/configuration/resource';
import type { ApiKey, Quota, Throttling, UsagePlan } from '../model/throttling';
import type { Attempts } from './attempts';

/** The usage plans with a stage among theirs; without it, their keys do not open it. */
export function readUsagePlans(attempts: Attempts, api: Resource, stageName: string): UsagePlan[] {
  const id = api.text('id');
  const effect = 'its keys open no stage';
  const stageIn = (plan: Resource) =>
    plan.blocks('api_stages').find((one) => one.text('api_id') === id && one.text('stage') === stageName);
  return attempts
    .belonging('aws_api_gateway_usage_plan', effect, (plan) => stageIn(plan) !== undefined)
    .flatMap((plan) => {
      const tried = attempts.attempt({ address: plan.where, effect }, () =>
        readPlan(attempts, plan, stageIn(plan)!),
      );
      return tried.unserved ? [] : [tried.value];
    });
}

function readPlan(attempts: Attempts, plan: Resource, stage: Block): UsagePlan {
  const id = plan.text('id');
  const throttles = stage
    .blocks('throttle')
    .map((throttle) => [throttle.text('path'), throttlingOf(throttle)] as const);
  return {
    id,
    name: plan.text('name'),
    keys: attempts
      .belonging(
        'aws_api_gateway_usage_plan_key',
        'the key is in no plan',
        (key) => key.text('usage_plan_id') === id,
      )
      .flatMap((inPlan) => {
        const tried = attempts.attempt({ address: inPlan.where, effect: 'the key opens no stage' }, () =>
          readKey(inPlan),
        );
        return tried.unserved ? [] : [tried.value];
      }),
    throttling: throttlingOf(plan.block('throttle_settings')),
    methodThrottling: Object.fromEntries(
      throttles.filter((entry): entry is [string, Throttling] => entry[1] !== undefined),
    ),
    quota: quotaOf(plan.block('quota_settings')),
  };
}

function readKey(inPlan: Resource): ApiKey {
  const id = inPlan.text('key_id');
  const key = inPlan.configuration.find('aws_api_gateway_api_key', 'id', id);
  if (!key) throw new Error(`${inPlan.where}.key_id: the stack has no aws_api_gateway_api_key ${id}`);
  return {
    id,
    name: key.text('name'),
    value: key.text('value'),
    isGiven: key.names.includes('value'),
    enabled: key.value('enabled') === undefined || key.flag('enabled'),
  };
}

/** Zero, and nothing, stand for no limit; a rate alone may be used up at once. */
function throttlingOf(settings: Block | undefined): Throttling | undefined {
  const rateLimit = settings?.optionalNumber('rate_limit') ?? 0;
  const burstLimit = settings?.optionalNumber('burst_limit') ?? 0;
  if (rateLimit <= 0 && burstLimit <= 0) return undefined;
  return { rateLimit, burstLimit: burstLimit > 0 ? burstLimit : Math.max(1, rateLimit) };
}

function quotaOf(settings: Block | undefined): Quota | undefined {
  if (!settings) return undefined;
  const text = settings.text('period');
  const period = (['DAY', 'WEEK', 'MONTH'] as const).find((known) => known === text);
  if (!period) throw new Error(`${settings.where}.period: expected DAY, WEEK or MONTH, received ${text}`);
  return { limit: settings.number('limit'), offset: settings.number('offset', 0), period };
}
