import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';

/**
 * Makes a conditional write and, when its condition fails, lets `explain` decide what that means.
 *
 * `retried` tells that the SDK sent the write more than once: an earlier attempt may have succeeded and its answer been
 * lost, so that the write failed its own condition. Read and compare before telling the caller about a conflict.
 */
export async function conditionalWrite<T>(
  write: () => Promise<T>,
  explain: (failure: { readonly retried: boolean }) => Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return explain({ retried: (error.$metadata.attempts ?? 1) > 1 });
  }
}
