import { safeParse, type core } from 'zod/mini';
import { Problem, type Violation } from './problem';
import { extendPath, MAX_VIOLATIONS } from './violations';
import { inWords } from './words';

/**
 * The value as its schema describes it.
 * @throws {Problem} `invalid-request` with every violation
 */
export function validate<S extends core.$ZodType>(schema: S, value: unknown): core.output<S> {
  const parsed = safeParse(schema, value, { error: inWords });
  if (parsed.success) return parsed.data;
  throw new Problem('invalid-request', 'What was sent is not what this request takes.', {
    errors: parsed.error.issues.flatMap(violations).slice(0, MAX_VIOLATIONS),
  });
}

function violations(issue: core.$ZodIssue): Violation[] {
  const path = issue.path.reduce(extendPath, '');
  if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message }];
  return issue.keys.map((key) => ({
    path: extendPath(path, key),
    message: 'is not a member that this request takes',
  }));
}
