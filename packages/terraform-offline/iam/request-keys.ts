import type { ConditionKeys } from './condition-keys';

/** What every request has, and what its service adds. */
export interface RequestFacts {
  /** The region that it is made to. */
  readonly region: string;
  /** The client's address. Default: a function's, which is this machine's. */
  readonly sourceIp?: string;
  readonly now?: Date;
  /** The keys that only this request, or its service, has; asked for when a policy does. Default: none. */
  readonly own?: () => Readonly<Record<string, string | readonly string[] | undefined>>;
}

/**
 * The condition keys of a request.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function requestKeys({ region, sourceIp = '127.0.0.1', now, own }: RequestFacts): ConditionKeys {
  const time = now ?? new Date();
  let added: Map<string, string | readonly string[] | undefined> | undefined;
  const keys: Readonly<Record<string, () => string>> = {
    'aws:currenttime': () => time.toISOString(),
    'aws:epochtime': () => String(Math.floor(time.getTime() / 1000)),
    'aws:requestedregion': () => region,
    // The loopback stands for AWS's endpoints, which functions and clients reach over TLS: a policy that asks for TLS, as
    // many do, refuses nothing on AWS and nothing here.
    'aws:securetransport': () => 'true',
    // The address as it is: it is in no range that a policy names, as a function's is in none on AWS.
    'aws:sourceip': () => sourceIp,
  };
  return (name) => {
    const known = keys[name];
    if (known) return known();
    added ??= new Map(Object.entries(own?.() ?? {}).map(([key, value]) => [key.toLowerCase(), value]));
    return added.get(name);
  };
}
