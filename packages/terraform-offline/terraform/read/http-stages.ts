import { refuseGaps } from '../coverage/gaps';
import type { Block } from '../language/configuration/block';
import type { Resource } from '../language/configuration/resource';
import type { Throttling } from '../model/throttling';
import type { Attempts } from './attempts';

/** A stage of an HTTP API: what it adds to the API's routes. */
export interface HttpStage {
  /** `$default`: no segment in the URL. */
  readonly name: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly throttling: Throttling | undefined;
  /** Of single routes, by route key. */
  readonly routeThrottling: ReadonlyMap<string, Throttling>;
  readonly isDeployed: boolean;
}

/**
 * The stage that quick create makes.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-examples.html (quick create)
 */
export const QUICK_STAGE: HttpStage = {
  name: '$default',
  variables: {},
  throttling: undefined,
  routeThrottling: new Map(),
  isDeployed: true,
};

/** Notes a stage that is never deployed: on AWS it answers 404 to everything. */
export function readHttpStage(attempts: Attempts, stage: Resource): HttpStage {
  refuseGaps(stage);
  const isDeployed = stage.flag('auto_deploy') || stage.optionalText('deployment_id') !== undefined;
  if (!isDeployed) {
    attempts.note({
      address: stage.where,
      reason: `${stage.where}: it has neither auto_deploy = true nor a deployment_id, and AWS serves nothing of a stage that was never deployed`,
      effect: 'the stage answers 404 to everything, as on AWS',
    });
  }
  return {
    name: stage.text('name'),
    variables: stage.textMap('stage_variables'),
    throttling: throttlingOf(stage.block('default_route_settings')),
    routeThrottling: new Map(
      stage.blocks('route_settings').flatMap((settings) => {
        const throttling = throttlingOf(settings);
        return throttling ? [[settings.text('route_key'), throttling] as const] : [];
      }),
    ),
    isDeployed,
  };
}

function throttlingOf(settings: Block | undefined): Throttling | undefined {
  const rateLimit = settings?.optionalNumber('throttling_rate_limit');
  const burstLimit = settings?.optionalNumber('throttling_burst_limit');
  return rateLimit === undefined || burstLimit === undefined ? undefined : { rateLimit, burstLimit };
}
