/**
 * DynamoDB refuses an expression before it reads an item. The message is DynamoDB's own, with the name of the expression
 * that it begins with (`Invalid UpdateExpression: …`).
 */
export class ExpressionError extends Error {
  override readonly name: string = 'ExpressionError';
}

/** An expression over 4 KB. Some operations of DynamoDB tell its size in the message, so it is kept apart. */
export class ExpressionTooLargeError extends ExpressionError {
  override readonly name = 'ExpressionTooLargeError';

  constructor(
    message: string,
    /** In bytes. */
    readonly size: number,
  ) {
    super(message);
  }
}
