import { headerPairs, headerValue } from './message';
import type { HttpRequest } from './request';

/** The name that a request came to, in lower case and without its port; undefined when it names none. */
export function hostOf({ rawHeaders }: Pick<HttpRequest, 'rawHeaders'>): string | undefined {
  return headerValue(headerPairs(rawHeaders), 'host')
    ?.replace(/(?<=[^:]):\d+$/, '')
    .toLowerCase();
}

/** What stands for a name in a map of custom domains, where `*.example.com` stands for one label before the rest. */
export function atDomain<T>(domains: ReadonlyMap<string, T>, host: string | undefined): T | undefined {
  if (host === undefined || domains.size === 0) return undefined;
  return domains.get(host) ?? domains.get(host.replace(/^[^.]+/, '*'));
}
