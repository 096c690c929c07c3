import type { Construct } from 'constructs';
import type { Environment } from '../environment';
import { ofSystem } from './access';

/** Limits of a route's own. */
export interface RouteLimits {
  readonly method: string;
  readonly path: string;
  /** `POST /data` */
  readonly routeKey: string;
  readonly rateLimit: number;
  readonly burstLimit: number;
}

/** The limits that the environment sets for routes of a system. */
export function routeLimits({ routeThrottling }: Environment, system: string): RouteLimits[] {
  return Object.entries(ofSystem(routeThrottling, system) ?? {}).map(([routeKey, limits]) => {
    const [method = '', path = ''] = routeKey.split(' ');
    return { method, path, routeKey, ...limits };
  });
}

/** Refuses, at synth, limits of routes that the API does not have. */
export function requireRoutes(
  api: Construct,
  limits: readonly RouteLimits[],
  routes: () => readonly string[],
): void {
  api.node.addValidation({
    validate: () =>
      limits
        .filter(({ routeKey }) => !routes().includes(routeKey))
        .map(
          ({ routeKey }) =>
            `routeThrottling in stacks/environment.ts names ${routeKey}; the API has ${routes().join(', ')}`,
        ),
  });
}
