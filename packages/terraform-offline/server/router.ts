import type { Api, Stack, Unserved } from '../terraform/model';
import type { Answer, Gateway, GatewayResponse, Pages } from './request';

/** Where an API answers: `/data-api/prod`; without a segment for the stage `$default`. */
export function mountPoint({ id }: Stack, { stageName }: Api): string {
  return stageName === '$default' ? `/${id}` : `/${id}/${stageName}`;
}

/** The answer of what cannot be served: https://www.rfc-editor.org/rfc/rfc9457 */
export function notServed({ address, reason, effect }: Unserved): GatewayResponse {
  // `message` is what the AWS SDKs read.
  const problem = {
    title: 'Not served locally',
    status: 501,
    detail: reason,
    message: reason,
    address,
    effect,
  };
  return {
    status: 501,
    headers: [['Content-Type', 'application/problem+json']],
    body: JSON.stringify(problem),
  };
}

interface Routes {
  /** Gateways by the prefix they answer under: `/data-api/prod`, `/items-api`. */
  readonly gateways: ReadonlyMap<string, Gateway>;
  /** Lambda's own API. */
  readonly lambda: Gateway;
  /** Everything outside APIs: the page at `/`. */
  readonly pages: Pages;
}

/** Where Lambda's Invoke API lives. */
const LAMBDA = '/2015-03-31/functions/';

/** Hands each request to whom it is for: an API by the first segments of its path. */
export function createRouter({ gateways, lambda, pages }: Routes): Answer {
  const known = [...gateways.keys()].map((prefix) => `  ${prefix}`).join('\n');
  return (request) => {
    const { rawPath: path } = request;
    for (const prefix of prefixesOf(path)) {
      const gateway = gateways.get(prefix);
      if (gateway) return gateway({ ...request, prefix, rawPath: path.slice(prefix.length) || '/' });
    }
    if (path.startsWith(LAMBDA)) return lambda(request);
    return (
      pages(request) ??
      Promise.resolve({
        status: 404,
        headers: [['Content-Type', 'text/plain; charset=utf-8']],
        body: `There is no API at ${path}. The APIs are at:\n${known}\n`,
      })
    );
  };
}

/** `/data-api/prod/data` → `/data-api/prod`, `/data-api` */
function prefixesOf(path: string): string[] {
  const stackEnd = endOfSegment(path, 1);
  const stageEnd = endOfSegment(path, stackEnd + 1);
  return [path.slice(0, stageEnd), path.slice(0, stackEnd)];
}

function endOfSegment(path: string, from: number): number {
  const slash = path.indexOf('/', from);
  return slash < 0 ? path.length : slash;
}
