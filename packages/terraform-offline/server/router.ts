import type { Api, Stack } from '../terraform/model/stack';
import type { Unserved } from '../terraform/model/unserved';
import { atDomain, hostOf } from './host-header';
import { FIRE, ISSUERS, LAMBDA, OTHER_SERVICES } from './paths';
import type { Answer, Gateway, HttpResponse, Pages } from './request';

/**
 * Where an API answers: `/data-api/prod`; without a segment for the stage `$default`, and with one for the API where the
 * stack has several: `/shop/orders/prod`.
 */
export function mountPoint({ id }: Stack, { segment = '', stageName }: Api): string {
  return `/${id}${segment}${stageName === '$default' ? '' : `/${stageName}`}`;
}

/** Where a custom domain answers besides its own name: `/shop/api.example.com`. */
export function domainMountPoint({ id }: Stack, name: string): string {
  return `/${id}/${name}`;
}

/** The answer of what cannot be served: https://www.rfc-editor.org/rfc/rfc9457 */
export function notServed({ address, reason, effect }: Unserved): HttpResponse {
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
  /** Gateways of custom domains, by their names. Default: none. */
  readonly domains?: ReadonlyMap<string, Gateway>;
  /** Lambda's own API. */
  readonly lambda: Gateway;
  /** What functions call of AWS that is not served. */
  readonly otherServices: Gateway;
  /** Where functions find the keys of issuers. */
  readonly issuers: Gateway;
  /** What fires schedules by hand. */
  readonly fire: Gateway;
  /** Everything outside APIs: the page at `/`. */
  readonly pages: Pages;
}

/** Hands each request to whom it is for: an API by the first segments of its path. */
export function createRouter({
  gateways,
  domains = new Map(),
  lambda,
  otherServices,
  issuers,
  fire,
  pages,
}: Routes): Answer {
  const known = [...gateways.keys()].map((prefix) => `  ${prefix}`).join('\n');
  return (request) => {
    const { rawPath: path } = request;
    // Behind a declared name there are its APIs, and nothing else of this server.
    const domain = atDomain(domains, hostOf(request));
    if (domain) return domain(request);
    for (const prefix of prefixesOf(path)) {
      const gateway = gateways.get(prefix);
      if (gateway) return gateway({ ...request, prefix, rawPath: path.slice(prefix.length) || '/' });
    }
    if (path.startsWith(LAMBDA)) return lambda(request);
    // The JavaScript SDK keeps no path of an endpoint for calls of a queue.
    if (path.startsWith(OTHER_SERVICES) || (path === '/' && request.method === 'POST')) {
      return otherServices(request);
    }
    if (path.startsWith(ISSUERS)) return issuers(request);
    if (path.startsWith(FIRE)) return fire(request);
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

/** The most segments of a prefix. */
const DEPTH = 3;

/** `/data-api/prod/data/1` → `/data-api/prod/data`, `/data-api/prod`, `/data-api` */
function prefixesOf(path: string): string[] {
  const prefixes: string[] = [];
  let end = 0;
  while (end < path.length && prefixes.length < DEPTH) {
    const slash = path.indexOf('/', end + 1);
    end = slash < 0 ? path.length : slash;
    prefixes.unshift(path.slice(0, end));
  }
  return prefixes;
}
