import { coral, type DynamoDBError } from 'dynamodb-offline';
import type { Unserved } from '../terraform/model/unserved';
import type { Denial, Request, StatementReference } from './evaluate';

/** What a caller gets in place of an answer, and what the log says of it. */
export interface Refusal {
  readonly error: DynamoDBError;
  readonly log: string;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
export function accessDenied(request: Request, denial: Denial): Refusal {
  return {
    error: coral('AccessDeniedException', { Message: denialMessage(request, denial) }),
    log: `IAM: ${explanation(request, denial)}`,
  };
}

/** In AWS's words. */
export function denialMessage({ principal, action, resource }: Request, denial: Denial): string {
  const because =
    denial.outcome === 'explicitly-denied'
      ? `with an explicit deny in ${article(denial.by.type)} ${denial.by.type}`
      : `because no ${denial.lacking} allows the ${action} action`;
  const user = principal.session ?? principal.name;
  return `User: ${user} is not authorized to perform: ${action} on resource: ${resource} ${because}`;
}

function article(type: string): string {
  return type.startsWith('i') ? 'an' : 'a';
}

/** Who may not do what, and which statement refuses it, or which one would be needed. */
export function explanation({ principal, action, resource }: Request, denial: Denial): string {
  const may = `${nameOf(principal.name)} may not ${action} on ${resource}`;
  if (denial.outcome === 'explicitly-denied') return `${may}: ${statementText(denial.by)} denies it`;
  const statement = JSON.stringify({ Effect: 'Allow', Action: action, Resource: resource });
  const where = {
    'identity-based policy': 'its policies lack',
    'permissions boundary': 'its permissions boundary lacks',
    'resource-based policy': 'the resource’s policy lacks',
  };
  const lacking = `${may}: ${where[denial.lacking]} the statement ${statement}`;
  if (!denial.withheld) return lacking;
  const { statement: nearly, condition } = denial.withheld;
  return `${lacking}; ${statementText(nearly)} would allow it if this held: ${condition}`;
}

/** `Statement[1] "NoDeletes" of the identity-based policy "limits"` */
function statementText({ type, policy, index, sid }: StatementReference): string {
  return `Statement[${index}]${sid === undefined ? '' : ` "${sid}"`} of the ${type} "${policy}"`;
}

/** A role's without its ARN. */
export function nameOf(arn: string): string {
  return arn === '' ? 'an anonymous caller' : arn.replace(/^arn:aws:iam::\d+:(role|user)\/(.*\/)?/, '');
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
