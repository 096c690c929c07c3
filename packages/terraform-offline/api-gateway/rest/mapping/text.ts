/** A list of the payload, which prints as JSON where other lists print as Java's: `[{"c":5}]`, not `[{c=5}]`. */
export class JsonList extends Array<unknown> {}

/**
 * How a value prints in a template: maps as Java prints them, null as nothing.
 * https://github.com/localstack/localstack/blob/main/tests/unit/services/apigateway/test_template_mapping.py holds what AWS printed.
 */
export function toText(value: unknown): string {
  return value === null || value === undefined ? '' : javaText(value);
}

function javaText(value: unknown): string {
  if (value instanceof JsonList) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(javaText).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value)
      .map(([key, member]) => `${key}=${javaText(member)}`)
      .join(', ')}}`;
  }
  return String(value);
}
