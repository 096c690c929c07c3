import { ACCOUNT } from '../terraform/account';
import type { Unserved } from '../terraform/model';
import type { Access } from './access';
import type { Decision } from './policy';

/** An answer of the gate in the database's stead. */
export interface Refusal {
  readonly status: number;
  /** DynamoDB's error object. */
  readonly body: Readonly<Record<string, string>>;
  readonly log: string;
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html */
const SERVICE = 'com.amazon.coral.service#';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
export function accessDenied(
  role: string,
  { action, resource }: Access,
  decision: Exclude<Decision, { outcome: 'allowed' }>,
): Refusal {
  const explicit = decision.outcome === 'explicitly-denied';
  const because = explicit
    ? 'with an explicit deny in an identity-based policy'
    : `because no identity-based policy allows the ${action} action`;
  const user = `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/local`;
  const statement = JSON.stringify({ Effect: 'Allow', Action: action, Resource: resource });
  return {
    status: 400,
    body: {
      __type: `${SERVICE}AccessDeniedException`,
      Message: `User: ${user} is not authorized to perform: ${action} on resource: ${resource} ${because}`,
    },
    log: explicit
      ? `IAM: ${role} may not ${action} on ${resource}: a Deny in its policy "${decision.policy}" applies`
      : `IAM: ${role} may not ${action} on ${resource}: its policies lack the statement ${statement}`,
  };
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/CommonErrors.html */
export function unrecognizedClient(accessKeyId: string): Refusal {
  return {
    status: 400,
    body: {
      __type: `${SERVICE}UnrecognizedClientException`,
      message: 'The security token included in the request is invalid.',
    },
    log: `IAM: the access key ${accessKeyId} belongs to no role of the stacks; to look into the tables, use the operator's`,
  };
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html */
export function serviceUnavailable(): Refusal {
  return {
    status: 503,
    body: { __type: `${SERVICE}ServiceUnavailable`, message: 'Service Unavailable' },
    log: 'the database is still starting: answered a request with 503, which SDKs retry',
  };
}

export function missingAuthentication(): Refusal {
  return {
    status: 400,
    body: {
      __type: `${SERVICE}MissingAuthenticationTokenException`,
      message: 'Request is missing Authentication Token',
    },
    log: 'IAM: received a request without a signature',
  };
}

/** DynamoDB answers any origin; a database without real secrets must not answer the pages a developer has open. */
export function foreignOrigin(origin: string): Refusal {
  return {
    status: 403,
    body: { __type: `${SERVICE}AccessDeniedException`, Message: 'The local database answers no browser.' },
    log: `refused a browser's request to the database from ${origin}`,
  };
}

/** A table that is not there because its declaration cannot be served. */
export function notServed({ address, reason, effect }: Unserved): Refusal {
  return {
    status: 501,
    body: { __type: `${SERVICE}NotServedLocally`, message: reason, address, effect },
    log: `answered 501: ${reason}`,
  };
}
