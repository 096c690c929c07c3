import { safeParse, type core } from 'zod/mini';
import { validateWith } from './validate-with';

/**
 * The value as its schema describes it.
 * @throws {Problem} `invalid-request` with every violation
 */
export function validate<S extends core.$ZodType>(schema: S, value: unknown): core.output<S> {
  return validateWith(safeParse, schema, value);
}
