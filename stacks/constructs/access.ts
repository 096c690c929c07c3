import { Annotations } from 'cdktf';
import type { Construct } from 'constructs';
import type { Access, Authorization } from '../../functions/shared/contract';
import type { Environment } from '../environment';

/**
 * Who may call a route of an API: what its contract says, else what the environment says for the system, else `iam`.
 * A route for everyone is warned of at synth, once for each API.
 * @param system the setting's name for the API: its id in the default environment
 * @param route such as `POST /data`, for errors
 * @throws when everyone may call a route of a system that `allowPublic` does not name, or the environment lacks what the
 * answer takes
 */
export function authorizationOf(
  api: Construct,
  environment: Environment,
  system: string,
  route: string,
  access: Access = {},
): Authorization {
  const authorization = access.authorization ?? ofSystem(environment.authorization, system) ?? 'iam';
  if (authorization === 'none') {
    const named = environment.allowPublic.some((name) => name === system || name === '*');
    if (!named) {
      throw new Error(
        `${api.node.path}: ${route} has the authorization none, and allowPublic of the environment ${environment.name} does not name ${system}; choose iam, jwt or apiKey, or add ${system} to allowPublic in stacks/environment.ts`,
      );
    }
    warnOnce(
      api,
      `${api.node.path}: whoever knows the URL can call it; set authorization in stacks/environment.ts to close it`,
    );
  }
  if (authorization === 'jwt' && !environment.jwt) {
    throw new Error(
      `${api.node.path}: ${route} has the authorization jwt, and the environment ${environment.name} has no jwt; set its issuer and audience in stacks/environment.ts`,
    );
  }
  return authorization;
}

/** What a setting says for a system, else for all that it does not name. */
export function ofSystem<Value>(
  setting: Readonly<Partial<Record<string, Value>>> | undefined,
  system: string,
): Value | undefined {
  return setting?.[system] ?? setting?.['*'];
}

function warnOnce(api: Construct, message: string): void {
  if (!api.node.metadata.some(({ data }) => data === message)) Annotations.of(api).addWarning(message);
}
