/** A reference such as `data.archive_file.code.output_path` or `aws_lambda_function.store.logging_config[0].log_group`. */
export interface Reference {
  /** `aws_lambda_function`, or `data.archive_file`. */
  readonly type: string;
  readonly name: string;
  /** At least one step. */
  readonly path: readonly string[];
}

const INTERPOLATION = /\$\$\{|%%\{|\$\{((?:[^{}"]|"(?:[^"\\]|\\.)*"|\{[^{}]*\})*)\}|[$%]\{/g;
const REFERENCE = /^((?:data\.)?[a-z]+_[a-z0-9_]+)\.([A-Za-z_][\w-]*)((?:\.[\w-]+|\[\d+\]|\["[^"]+"\])+)$/;
const STEP = /\["([^"]+)"\]|\[(\d+)\]|\.([\w-]+)/g;

/**
 * A value of the Terraform JSON syntax with its interpolations replaced.
 * https://developer.hashicorp.com/terraform/language/syntax/json
 * @param lookup the value of a reference; it throws when there is none
 * @throws for an expression that is anything but a reference to a resource or data source
 */
export function resolve(value: unknown, lookup: (reference: Reference) => unknown): unknown {
  if (typeof value === 'string') return interpolate(value, lookup);
  if (Array.isArray(value)) return value.map((element) => resolve(element, lookup));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, resolve(member, lookup)] as const),
  );
}

function interpolate(template: string, lookup: (reference: Reference) => unknown): unknown {
  const [whole] = template.matchAll(INTERPOLATION);
  // A template that is one reference keeps the referenced value's type.
  if (whole?.[1] !== undefined && whole[0] === template) return lookup(parse(whole[1]));
  return template.replace(INTERPOLATION, (found: string, expression: string | undefined) => {
    if (expression !== undefined) return textOf(lookup(parse(expression)), found);
    if (found.length === 3) return found.slice(1);
    throw new Error(`cannot read the template ${template}`);
  });
}

function parse(expression: string): Reference {
  const [, type, name, path] = REFERENCE.exec(expression.trim()) ?? [];
  if (type === undefined || name === undefined || path === undefined) {
    throw new Error(
      `cannot evaluate \${${expression}}: locally only references such as \${aws_dynamodb_table.items.arn} are; compute the value in stacks/ instead`,
    );
  }
  const steps = [...path.matchAll(STEP)].map(([, key, index, attribute]) => key ?? index ?? attribute ?? '');
  return { type, name, path: steps };
}

function textOf(value: unknown, expression: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`${expression} is no text: it is ${JSON.stringify(value)}`);
}
