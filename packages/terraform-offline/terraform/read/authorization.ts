import type { Resource } from '../language/configuration/resource';

/**
 * How a method or route says who may call it.
 * @param attribute the one that says it
 * @throws when what a request brings is not verified locally: nothing passes for being there
 */
export function authorizationOf(methodOrRoute: Resource, attribute: string, otherwise?: string): string {
  const authorization = methodOrRoute.text(attribute, otherwise);
  if (authorization === 'NONE') return authorization;
  throw new Error(
    `${methodOrRoute.where}.${attribute}: ${authorization} is not verified locally; only NONE is served`,
  );
}
