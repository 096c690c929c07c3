import * as z from 'zod/mini';
import { internalError, problems } from '../shared/http/problem';

/** The request of both systems that name a DynamoDB operation in the body. Coarse: what fits is refined by operation. */
export const envelope = z.object({
  operation: z.string(),
  tableName: z.optional(z.string()),
  payload: z.optional(z.unknown()),
});

/** What a gateway can tell whoever sends something else. */
export const envelopeExpected =
  'The body must be a JSON object whose operation is a string, and whose tableName, where there is one, is a string too.';

/** The statuses of every problem that the operations answer with, `internal-error` apart. */
export const failureStatuses: readonly number[] = [400, 409, 413, 503];

/** The one of them that is worth trying again, and after how many seconds. */
export const retryable = { code: 'database-unavailable', ...problems['database-unavailable'] };

/** What answers everything else, whatever happened. */
export const unexpected = internalError();
