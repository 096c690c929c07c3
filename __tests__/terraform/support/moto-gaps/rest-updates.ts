import type { Answer, Gap, Request } from './gap';

type Json = Record<string, unknown>;

interface PatchOperation {
  readonly op: 'add' | 'replace' | 'remove';
  readonly path: string;
  readonly value?: string;
}

/** A resource, a method, an integration, or a response of either. */
const PART =
  /^\/restapis\/[^/]+\/resources\/[^/]+(\/methods\/[^/]+(\/responses\/\d+|\/integration(\/responses\/\d+)?)?)?$/;

/** https://docs.aws.amazon.com/apigateway/latest/api/API_GetIntegration.html */
const GONE: Answer = {
  status: 404,
  body: '{"__type":"NotFoundException","message":"Invalid Integration identifier specified"}',
};

const RESOURCES = /^\/restapis\/[^/]+\/resources$/;

/**
 * UpdateResource, UpdateMethod, UpdateIntegration and their like, as API Gateway has them.
 * https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateResource.html
 */
export function restUpdates(): Gap {
  /** What was updated, by its path, as it is now. */
  const updated = new Map<string, Json>();

  return {
    reason:
      'moto answers 404 or 405 to PATCH of a resource, a method, an integration and their responses, and {} to GET of an integration that is gone',

    async answer(request, ask) {
      const path = pathOf(request);
      if (!PART.test(path)) return undefined;
      if (request.method === 'PUT' || request.method === 'DELETE') {
        for (const known of updated.keys())
          if (known === path || known.startsWith(`${path}/`)) updated.delete(known);
        return undefined;
      }
      if (request.method === 'GET') return found(updated.get(path));
      if (request.method !== 'PATCH') return undefined;
      const current = await ask({ method: 'GET', path, body: '' });
      if (current.status >= 400) return current;
      const { patchOperations } = JSON.parse(request.body) as { patchOperations: PatchOperation[] };
      const next = patched(updated.get(path) ?? (JSON.parse(current.body) as Json), patchOperations);
      updated.set(path, next);
      return found(next);
    },

    complete(request, answer) {
      const path = pathOf(request);
      if (request.method === 'GET' && path.endsWith('/integration') && answer.body === '{}') return GONE;
      if (request.method !== 'GET' || !RESOURCES.test(path) || answer.status >= 400) return answer;
      const { item: items = [], ...rest } = JSON.parse(answer.body) as { item?: Json[] };
      const item = items.map((resource) => withUpdates(`${path}/${String(resource.id)}`, resource, updated));
      return { ...answer, body: JSON.stringify({ ...rest, item }) };
    },
  };
}

function pathOf({ path }: Request): string {
  return path.split('?')[0]!.replace(/\/$/, '');
}

function found(json: Json | undefined): Answer | undefined {
  return json && { status: 200, body: JSON.stringify(json) };
}

function patched(json: Json, operations: readonly PatchOperation[]): Json {
  const next = structuredClone(json);
  for (const { op, path, value } of operations) {
    const steps = path
      .slice(1)
      .split('/')
      .map((step) => step.replaceAll('~1', '/'));
    const [last] = steps.splice(-1);
    const holder = steps.reduce<Json>((at, step) => (at[step] ??= {}) as Json, next);
    if (op === 'remove') delete holder[last!];
    else holder[last!] = value;
  }
  if (typeof next.pathPart === 'string') next.path = String(next.path).replace(/[^/]*$/, next.pathPart);
  return next;
}

function withUpdates(path: string, resource: Json, updated: ReadonlyMap<string, Json>): Json {
  const { pathPart, path: fullPath } = updated.get(path) ?? resource;
  const methods = Object.entries((resource.resourceMethods ?? {}) as Record<string, Json>).map(
    ([name, method]) => [
      name,
      {
        ...method,
        ...updated.get(`${path}/methods/${name}`),
        methodIntegration: updated.get(`${path}/methods/${name}/integration`) ?? method.methodIntegration,
      },
    ],
  );
  return { ...resource, pathPart, path: fullPath, resourceMethods: Object.fromEntries(methods) as Json };
}
