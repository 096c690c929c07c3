import { refuseGaps } from '../coverage/gaps';
import type { ApiMapping, CustomDomain } from '../model/custom-domain';
import type { Resource } from '../language/configuration/resource';
import type { Attempts } from './attempts';

/** The custom domains that a configuration declares, or maps APIs to, of REST and HTTP APIs alike. */
export function readDomains(attempts: Attempts): CustomDomain[] {
  const declared = declaredDomains(attempts);
  const mappings = readMappings(attempts);
  const names = new Set([...declared.map(({ name }) => name), ...mappings.map(({ domain }) => domain)]);
  return [...names].map((name) => ({
    name,
    mappings: mappings.filter(({ domain }) => domain === name).map(({ mapping }) => mapping),
    unserved: declared.find((domain) => domain.name === name)?.unserved,
  }));
}

type DeclaredDomain = Pick<CustomDomain, 'name' | 'unserved'>;

function declaredDomains(attempts: Attempts): DeclaredDomain[] {
  const types = ['aws_api_gateway_domain_name', 'aws_apigatewayv2_domain_name'];
  const resources = types.flatMap((type) => attempts.configuration.all(type));
  return resources.flatMap((domain): DeclaredDomain[] => {
    const effect = 'the domain is missing';
    const named = attempts.attempt({ address: domain.where, effect }, () => nameIn(domain));
    if (named.unserved) return [];
    const part = { address: domain.where, effect: `${named.value} answers 501` };
    const { unserved } = attempts.attempt(part, () => {
      refuseGaps(domain);
    });
    return [{ name: named.value, unserved }];
  });
}

interface DeclaredMapping {
  readonly domain: string;
  readonly mapping: ApiMapping;
}

function readMappings(attempts: Attempts): DeclaredMapping[] {
  const read = (type: string, readOne: (mapping: Resource) => ApiMapping) =>
    attempts.configuration.all(type).flatMap((mapping): DeclaredMapping[] => {
      const part = { address: mapping.where, effect: 'its domain does not lead to its API' };
      const tried = attempts.attempt(part, () => ({ domain: nameIn(mapping), mapping: readOne(mapping) }));
      return tried.unserved ? [] : [tried.value];
    });
  return [
    ...read('aws_api_gateway_base_path_mapping', (mapping) => ({
      path: pathOf(mapping.text('base_path', '')),
      apiId: mapping.text('api_id'),
      stageName: mapping.text('stage_name', '') || undefined,
    })),
    ...read('aws_apigatewayv2_api_mapping', (mapping) => ({
      path: pathOf(mapping.text('api_mapping_key', '')),
      apiId: mapping.text('api_id'),
      stageName: mapping.text('stage'),
    })),
  ];
}

const MAPPINGS = ['aws_api_gateway_base_path_mapping', 'aws_apigatewayv2_api_mapping'];

/** Whether an API's own URL is disabled: not where nothing else here would lead to it, which is noted. */
export function isEndpointDisabled(attempts: Attempts, api: Resource): boolean {
  if (!api.flag('disable_execute_api_endpoint')) return false;
  const isMapped = MAPPINGS.some((type) => attempts.configuration.find(type, 'api_id', api.text('id')));
  if (!isMapped) {
    attempts.note({
      address: api.where,
      reason: `${api.where}.disable_execute_api_endpoint: no domain of the configuration leads to the API`,
      effect: 'the API answers at its own URL here all the same',
    });
  }
  return isMapped;
}

function nameIn(resource: Resource): string {
  return resource.text('domain_name').toLowerCase();
}

/** `(none)` is API Gateway's own word for the root. */
function pathOf(basePath: string): string {
  return basePath === '(none)' ? '' : basePath.replace(/^\/+|\/+$/g, '');
}
