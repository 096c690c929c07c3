import { coral, type Access, type DynamoDBError } from 'dynamodb-offline';
import { ACCOUNT } from '../terraform/account';
import type { Unserved } from '../terraform/model';
import type { Decision } from './policy';

/** What a caller gets in place of an answer, and what the log says of it. */
export interface Refusal {
  readonly error: DynamoDBError;
  readonly log: string;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
export function accessDenied(
  role: string,
  { action, resource }: Pick<Access, 'action' | 'resource'>,
  decision: Exclude<Decision, { outcome: 'allowed' }>,
): Refusal {
  const explicit = decision.outcome === 'explicitly-denied';
  const because = explicit
    ? 'with an explicit deny in an identity-based policy'
    : `because no identity-based policy allows the ${action} action`;
  const user = `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/local`;
  const statement = JSON.stringify({ Effect: 'Allow', Action: action, Resource: resource });
  return {
    error: coral('AccessDeniedException', {
      Message: `User: ${user} is not authorized to perform: ${action} on resource: ${resource} ${because}`,
    }),
    log: explicit
      ? `IAM: ${role} may not ${action} on ${resource}: a Deny in its policy "${decision.policy}" applies`
      : `IAM: ${role} may not ${action} on ${resource}: its policies lack the statement ${statement}`,
  };
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/CommonErrors.html */
export function unrecognizedClient(accessKeyId: string): Refusal {
  return {
    error: coral('UnrecognizedClientException', {
      message: 'The security token included in the request is invalid.',
    }),
    log: `IAM: the access key ${accessKeyId} belongs to no role of the stacks; to look into the tables, use the operator's`,
  };
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html */
export function serviceUnavailable(): Refusal {
  return {
    error: coral('ServiceUnavailable', { message: 'Service Unavailable' }, 503),
    log: 'the database is still starting: answered a request with 503, which SDKs retry',
  };
}

/** A table that is not there because its declaration cannot be served. */
export function notServed({ address, reason, effect }: Unserved): Refusal {
  return {
    error: coral('NotServedLocally', { message: reason, address, effect }, 501),
    log: `answered 501: ${reason}`,
  };
}
