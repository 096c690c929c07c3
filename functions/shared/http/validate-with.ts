import type { core, safeParse } from 'zod/mini';
import { Problem, type Violation } from './problem';
import { extendPath, MAX_VIOLATIONS } from './violations';
import { inWords } from './words';

/**
 * The value as its schema describes it.
 * @param parse zod's `safeParse`, of the copy of zod that made the schema
 * @throws {Problem} `invalid-request` with every violation
 */
export function validateWith<S extends core.$ZodType>(
  parse: typeof safeParse,
  schema: S,
  value: unknown,
): core.output<S> {
  const parsed = parse(schema, value, { error: inWords });
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
