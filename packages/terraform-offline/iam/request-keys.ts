import type { ConditionKeys } from './condition-keys';

/** What every request has, and what its service adds. */
export interface RequestFacts {
  /** The region that it is made to. */
  readonly region: string;
  /** The client's address. Default: a function's, which is this machine's. */
  readonly sourceIp?: string;
  /** Default: whenever a policy asks. */
  readonly now?: Date;
  /** The keys that only this request, or its service, has; asked for when a policy does. Default: none. */
  readonly own?: () => Readonly<Record<string, string | readonly string[] | undefined>>;
}

/**
 * The condition keys of a request.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function requestKeys({ region, sourceIp = '127.0.0.1', now, own }: RequestFacts): ConditionKeys {
  let added: Map<string, string | readonly string[] | undefined> | undefined;
  return (name) => {
    switch (name) {
      case 'aws:currenttime':
        return (now ?? new Date()).toISOString();
      case 'aws:epochtime':
        return String(Math.floor((now?.getTime() ?? Date.now()) / 1000));
      case 'aws:requestedregion':
        return region;
      case 'aws:securetransport':
        // The loopback stands for AWS's endpoints, which functions and clients reach over TLS: a policy that asks for TLS,
        // as many do, refuses nothing on AWS and nothing here.
        return 'true';
      case 'aws:sourceip':
        // The address as it is: it is in no range that a policy names, as a function's is in none on AWS.
        return sourceIp;
    }
    added ??= new Map(Object.entries(own?.() ?? {}).map(([key, value]) => [key.toLowerCase(), value]));
    return added.get(name);
  };
}
