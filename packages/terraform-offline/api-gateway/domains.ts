import type { Gateway, HttpRequest, HttpResponse } from '../server/request';
import { notServed } from '../server/router';
import type { ApiMapping, CustomDomain } from '../terraform/model/custom-domain';
import type { Api, Stack } from '../terraform/model/stack';

interface ServedApi {
  readonly api: Api;
  readonly gateway: Gateway;
}

/** What answers for each custom domain, by its name; several stacks may map to one. */
export function domainGateways(
  stacks: readonly Stack[],
  served: readonly ServedApi[],
  log: (line: string) => void,
): Map<string, Gateway> {
  const byStage = new Map(served.map(({ api, gateway }) => [`${api.id}/${api.stageName}`, gateway]));
  const declared = stacks.flatMap(({ domains = [] }) => domains);
  return new Map(
    [...new Set(declared.map(({ name }) => name))].map((name): [string, Gateway] => {
      const all = declared.filter((domain) => domain.name === name);
      const mappings = all.flatMap((domain) => domain.mappings);
      const unserved = all.find((domain) => domain.unserved)?.unserved;
      const gatewayOf: StageGateway = (apiId, stageName) => byStage.get(`${apiId}/${stageName}`);
      return [name, domainGateway({ name, mappings, unserved }, gatewayOf, log)];
    }),
  );
}

/** What is mapped to: an API's stage, or undefined where nothing here has it. */
type StageGateway = (apiId: string, stageName: string) => Gateway | undefined;

/**
 * Answers the requests to a custom domain: those of the API with the longest mapping that begins the path.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mappings.html
 * @param log hears of requests that nothing is mapped to
 */
export function domainGateway(
  { name, mappings, unserved }: CustomDomain,
  gatewayOf: StageGateway,
  log: (line: string) => void,
): Gateway {
  const longestFirst = [...mappings].sort((a, b) => b.path.length - a.path.length);
  return (request) => {
    if (unserved) return Promise.resolve(notServed(unserved));
    const mapping = longestFirst.find(({ path }) => path === '' || begins(request.rawPath, `/${path}`));
    const target = mapping && targetOf(request.rawPath, mapping);
    const gateway = target && gatewayOf(mapping.apiId, target.stageName);
    if (!gateway) {
      log(`${request.method} ${request.rawPath}: ${name} has no mapping for it to an API that is served`);
      return Promise.resolve(FORBIDDEN);
    }
    const { basePath } = target;
    return gateway({
      ...request,
      prefix: request.prefix + basePath,
      rawPath: request.rawPath.slice(basePath.length) || '/',
      domain: { name, basePath },
    });
  };
}

/** Without a stage in the mapping, the next segment of the path names it. */
function targetOf(rawPath: string, { path, stageName }: ApiMapping): { basePath: string; stageName: string } {
  const basePath = path === '' ? '' : `/${path}`;
  if (stageName !== undefined) return { basePath, stageName };
  const [, stage = ''] = /^\/([^/]*)/.exec(rawPath.slice(basePath.length)) ?? [];
  return { basePath: `${basePath}/${stage}`, stageName: stage };
}

function begins(rawPath: string, base: string): boolean {
  return rawPath === base || rawPath.startsWith(`${base}/`);
}

const FORBIDDEN: HttpResponse = {
  status: 403,
  headers: [['Content-Type', 'application/json']],
  body: '{"message":"Forbidden"}',
};

/**
 * What answers at an API's own URL where that is disabled: only its domains lead to it.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-disable-default-endpoint.html
 */
export function disabledEndpoint(
  { kind, name }: { readonly kind: 'rest' | 'http'; readonly name: string },
  log: (line: string) => void,
): Gateway {
  return ({ method, rawPath }: HttpRequest) => {
    log(`${method} ${rawPath}: ${name} answers at its domains alone (disable_execute_api_endpoint)`);
    const notFound = { ...FORBIDDEN, status: 404, body: '{"message":"Not Found"}' };
    return Promise.resolve(kind === 'rest' ? FORBIDDEN : notFound);
  };
}
