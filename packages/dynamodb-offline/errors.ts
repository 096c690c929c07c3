/** Namespaces of the names in `__type`; SDKs cut everything up to the `#` off. */
const MODELED = 'com.amazonaws.dynamodb.v20120810';
const VALIDATE = 'com.amazon.coral.validate';
const SERVICE = 'com.amazon.coral.service';

/**
 * An answer of DynamoDB's that is an error.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.Errors.html
 */
export class DynamoDBError extends Error {
  /**
   * @param type `com.amazonaws.dynamodb.v20120810#ResourceNotFoundException`
   * @param members of the answer, besides `__type`: the message, under the name that the error has for it, and what else it carries
   */
  constructor(
    readonly type: string,
    message: string,
    readonly members: Readonly<Record<string, unknown>> = { message },
    readonly status = 400,
  ) {
    super(message);
    this.name = type.slice(type.indexOf('#') + 1);
  }
}

export function validation(message: string): DynamoDBError {
  return new DynamoDBError(`${VALIDATE}#ValidationException`, message);
}

/** @param message none for what is no JSON at all */
export function serialization(message?: string): DynamoDBError {
  return new DynamoDBError(
    `${SERVICE}#SerializationException`,
    message ?? '',
    message === undefined ? {} : { Message: message },
  );
}

/** @param message what item operations say, unless given */
export function resourceNotFound(message = 'Requested resource not found'): DynamoDBError {
  return new DynamoDBError(`${MODELED}#ResourceNotFoundException`, message);
}

export function resourceInUse(message: string): DynamoDBError {
  return new DynamoDBError(`${MODELED}#ResourceInUseException`, message);
}

export function limitExceeded(message: string): DynamoDBError {
  return new DynamoDBError(`${MODELED}#LimitExceededException`, message);
}

/** @param item the item as it stands, for `ReturnValuesOnConditionCheckFailure` */
export function conditionalCheckFailed(item?: unknown): DynamoDBError {
  const message = 'The conditional request failed';
  return new DynamoDBError(`${MODELED}#ConditionalCheckFailedException`, message, {
    message,
    ...(item !== undefined && { Item: item }),
  });
}

/** Any other error of DynamoDB's own model: `TransactionCanceledException`, `TrimmedDataAccessException`. */
export function modeled(
  name: string,
  message: string,
  members: Readonly<Record<string, unknown>> = {},
): DynamoDBError {
  return new DynamoDBError(`${MODELED}#${name}`, message, { message, ...members });
}

/** Why one element of a transaction keeps it from being done. */
export interface CancellationReason {
  /** `None`, `ConditionalCheckFailed`, `ValidationError`. */
  readonly Code: string;
  readonly Message?: string;
  readonly Item?: unknown;
}

/** @param reasons one for each element of the transaction */
export function transactionCanceled(reasons: readonly CancellationReason[]): DynamoDBError {
  const codes = reasons.map(({ Code }) => Code).join(', ');
  const message = `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`;
  // The model spells the member so; of other errors it is `message`.
  return new DynamoDBError(`${MODELED}#TransactionCanceledException`, message, {
    Message: message,
    CancellationReasons: reasons,
  });
}

export function idempotentParameterMismatch(): DynamoDBError {
  const message =
    'DynamoDB rejected the request because you retried a request with a different payload but with an idempotent token that was already used.';
  return new DynamoDBError(`${MODELED}#IdempotentParameterMismatchException`, message, { Message: message });
}

/** Errors of the service in front of DynamoDB: `UnknownOperationException`, `MissingAuthenticationTokenException`. */
export function coral(name: string, members: Readonly<Record<string, unknown>>, status = 400): DynamoDBError {
  const { message, Message } = members;
  const text = [message, Message].find((candidate) => typeof candidate === 'string');
  return new DynamoDBError(`${SERVICE}#${name}`, typeof text === 'string' ? text : '', members, status);
}

/** What DynamoDB answers to any failure of its own; here the message says which: the reader is its operator. */
export function internalServerError(message: string): DynamoDBError {
  return new DynamoDBError(`${MODELED}#InternalServerError`, message, { message }, 500);
}
