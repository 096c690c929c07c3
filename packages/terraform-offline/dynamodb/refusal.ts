import { coral, type DynamoDBError } from 'dynamodb-offline';
import { denialMessage, explanation } from '../iam/denial';
import type { Denial, Request } from '../iam/evaluate';
import type { Unserved } from '../terraform/model/unserved';

/** What a caller gets in place of an answer, and what the log says of it. */
export interface Refusal {
  readonly error: DynamoDBError;
  readonly log: string;
}

export function accessDenied(request: Request, denial: Denial): Refusal {
  return {
    error: coral('AccessDeniedException', { Message: denialMessage(request, denial) }),
    log: `IAM: ${explanation(request, denial)}`,
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
