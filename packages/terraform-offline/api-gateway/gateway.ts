import type { Role } from '../iam/role';
import type { Invoke } from '../lambda/invoker';
import type { Lambda } from '../lambda/service';
import { parseFunctionArn } from '../lambda/version';
import type { LambdaFunction } from '../terraform/model/function';
import type { HttpRoute } from '../terraform/model/http-api';
import type { RestMethod } from '../terraform/model/rest-api';
import type { Unserved } from '../terraform/model/unserved';
import type { Signers } from './authorizers/iam';
import type { KeysOf } from './authorizers/issuers';
import type { Use } from './authorizers/usage-plans';

/** What a gateway needs of the local cloud around it. */
export interface GatewayDependencies {
  readonly invoke: Invoke;
  /** Likewise with an event that nobody waits for. */
  readonly invokeAsync: Lambda['invokeAsync'];
  readonly functionByArn: (arn: string) => LambdaFunction | undefined;
  /** Functions that are not served. Default: all are. */
  readonly unservedByArn?: (arn: string) => Unserved | undefined;
  /** What tokens are verified with. */
  readonly keysOf: KeysOf;
  readonly signers: Signers;
  /** Counts what holders of API keys have used. */
  readonly use: Use;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** One line for whoever runs the server: why an answer is the gateway's own, and what is missing. */
  readonly log: (line: string) => void;
  /** Answer 429 beyond the stage's throttling settings; default false, so that local runs measure the code, not the quota. */
  readonly enforceThrottling?: boolean;
  /** What the log says of a role that may not do that; undefined when it may. Default: every role may do everything. */
  readonly refusal?: (role: Role, action: string, resource: string) => string | undefined;
  /** Refuse what the API's resource policy does; default true. */
  readonly enforcePolicies?: boolean;
  /** Give up an integration after its timeout; default true. A function that is debugged takes its time. */
  readonly enforceTimeouts?: boolean;
}

/** Why a route is not served: it cannot be read, or a function of it cannot. Undefined where it is served. */
export function unservedOf(
  { unserved, integration, authorizer }: RestMethod | HttpRoute,
  { unservedByArn }: GatewayDependencies,
): Unserved | undefined {
  if (unserved) return unserved;
  for (const called of [authorizer, integration]) {
    if (!called || !('functionArn' in called)) continue;
    const missing = unservedByArn?.(parseFunctionArn(called.functionArn).functionArn);
    if (missing) return missing;
  }
  return undefined;
}
