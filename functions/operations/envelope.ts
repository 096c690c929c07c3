import * as z from 'zod/mini';
import { guard } from '../shared/http/guard';
import { inexactNumbers, type TakesText } from '../shared/http/inexact-numbers';
import { exactNumber, remedyFor } from '../shared/dynamodb/numbers';
import { Problem, type ProblemCode, type Violation } from '../shared/http/problem';
import { validate } from '../shared/http/validate';
import { shortened, type Node } from '../shared/http/violations';
import { envelope } from './contract';
import { expressionViolations } from './expressions';
import { operationSchemas, type Parameters, type TableOperation } from './parameters';

/** Of the envelope, as `guard` counts: attributes are level 1, and lie at `payload.Item.<attribute>`. */
export const ENVELOPE_LEVEL = -2;

/** What every envelope holds; members beside these are refused. */
export type Envelope = z.output<typeof envelope>;

const strictEnvelope = z.strictObject(envelope.shape);

const schemas: { [O in TableOperation]: z.ZodMiniType<{ payload: Parameters<O> }> } = operationSchemas;

/** DynamoDB's parameters want one number, the others are attributes of whoever calls. */
export const operationTakesText: TakesText = (path) => path !== 'payload.Limit';

/**
 * The event as an envelope without anything harmful in it. Whoever parsed it has rounded its numbers already, so only
 * those are refused that still show it.
 *
 * @throws {Problem} `invalid-request` or `inexact-number`
 */
export function readEnvelope(event: unknown, takesText: TakesText): Envelope {
  refuse('invalid-request', guard(event, { level: ENVELOPE_LEVEL }));
  refuse('inexact-number', inexactNumbers(event, inexactNumber, takesText));
  return validate(strictEnvelope, event);
}

/**
 * The payload as the parameters of its operation.
 * @throws {Problem} `invalid-request` naming what is wrong with which member
 */
export function readParameters<O extends TableOperation>(
  operation: O,
  { payload = {} }: Envelope,
): Parameters<O> {
  const parameters = validate(schemas[operation], { payload }).payload;
  refuse('invalid-request', expressionViolations(parameters));
  return parameters;
}

function refuse(code: ProblemCode, errors: readonly Violation[]): void {
  if (errors.length > 0) {
    throw new Problem(code, 'The request holds what a table must not, or cannot, hold.', { errors });
  }
}

function inexactNumber({ value }: Node): string | undefined {
  if (typeof value !== 'number') return undefined;
  const text = shortened(String(value));
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return `${text} is a whole number beyond ±(2^53 − 1), which may have been rounded; keep it within`;
  }
  if (exactNumber(text) !== undefined) return undefined;
  return `${text} is no number that DynamoDB holds; ${remedyFor(text)}`;
}
