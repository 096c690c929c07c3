import type { Resource } from '../language/configuration/resource';
import type { Throttling } from '../model/throttling';
import type { Attempts } from './attempts';
import type { Stage } from './rest-stages';

/**
 * What a stage sets for its methods.
 * @returns the limits of all methods by their path, or of one by `/data/{id}/GET`
 */
export function readMethodSettings(
  attempts: Attempts,
  api: Resource,
  { name }: Stage,
): (methodPath: string) => Throttling | undefined {
  const id = api.text('id');
  const settings = attempts.belonging(
    'aws_api_gateway_method_settings',
    'they hold for no method',
    (resource) => resource.text('rest_api_id') === id && resource.text('stage_name') === name,
  );
  const byPath = new Map(
    settings.map((resource) => [withoutSlash(resource.text('method_path')), throttlingOf(resource)]),
  );
  return (methodPath) => byPath.get(withoutSlash(methodPath));
}

/** `data/{id}/GET`, which people also write as `/data/{id}/GET`, or as API Gateway's own API has it, `~1data~1{id}/GET`. */
function withoutSlash(methodPath: string): string {
  return methodPath.replaceAll('~1', '/').replace(/^\/+/, '');
}

/** API Gateway has -1 for no limit. */
function throttlingOf(resource: Resource): Throttling | undefined {
  const settings = resource.block('settings');
  const rateLimit = settings?.optionalNumber('throttling_rate_limit') ?? -1;
  const burstLimit = settings?.optionalNumber('throttling_burst_limit') ?? -1;
  return rateLimit < 0 || burstLimit < 0 ? undefined : { rateLimit, burstLimit };
}
