import { JSONPath } from 'jsonpath-plus';
import { Compile, parse } from 'velocityjs';
import { lastValues, type MultiMap } from '../../../server/message';

/** `$input`, `$context`, `$util`, `$stageVariables`; made for one rendering, which sets variables of its own in it. */
export type Variables = Record<string, unknown>;

type Config = NonNullable<ConstructorParameters<typeof Compile>[1]>;

/** Methods of Java's strings, lists and maps that templates call and JavaScript has not, or has with another meaning. */
const methods: Readonly<Record<string, (self: unknown, ...args: unknown[]) => unknown>> = {
  contains: (self, part) => (Array.isArray(self) ? self.includes(part) : String(self).includes(String(part))),
  containsKey: (self, key) => Object.hasOwn(Object(self) as object, String(key)),
  count: (self) => Object.keys(Object(self) as object).length,
  equals: (self, other) => self === other,
  equalsIgnoreCase: (self, other) => String(self).toLowerCase() === String(other).toLowerCase(),
  isEmpty: (self) => Object.keys(Object(self) as object).length === 0,
  length: (self) => String(self).length,
  // The first argument is a regular expression in Java.
  matches: (self, pattern) => new RegExp(`^(?:${String(pattern)})$`).test(String(self)),
  replaceAll: (self, pattern, by) => String(self).replace(new RegExp(String(pattern), 'g'), String(by)),
  replaceFirst: (self, pattern, by) => String(self).replace(new RegExp(String(pattern)), String(by)),
  split: (self, pattern) => String(self).split(new RegExp(String(pattern))),
};

const javaMethods: NonNullable<Config['customMethodHandlers']> = Object.entries(methods).map(
  ([name, method]) => ({
    uid: name,
    match: ({ property, context }) => property === name && isJavaValue(context),
    resolve: ({ context, params }) => method(context, ...(params as unknown[])),
  }),
);

/** `$input` and `$util` have methods of their own. */
function isJavaValue(value: unknown): boolean {
  return (
    typeof value !== 'object' || Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype
  );
}

const CONFIGURATION = { customMethodHandlers: javaMethods };

/** Velocity as API Gateway runs it: an unknown or null reference prints nothing. */
class Template extends Compile {
  protected override getReferences(...[ast, isPrinted]: Parameters<Compile['getReferences']>): string {
    const value: unknown = super.getReferences(ast, isPrinted);
    return (isPrinted ? toText(value) : value) as string;
  }
}

/** Renders mapping templates, each parsed when it is first rendered: one that is no Velocity throws then. */
export class Templates {
  private readonly parsed = new Map<string, ReturnType<typeof parse>>();

  render(template: string, variables: Variables): string {
    const ast = this.parsed.get(template) ?? parse(template);
    this.parsed.set(template, ast);
    return new Template(ast, CONFIGURATION).render(variables, undefined, true);
  }
}

interface InputParameters {
  readonly path: Readonly<Record<string, string>>;
  readonly querystring: MultiMap;
  readonly header: MultiMap;
}

/**
 * `$input` of a mapping template. An empty body counts as `{}`; names are compared with their case.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#input-variable-reference
 * @param parameters asked for when the template asks for them: most do not
 * @param invalidBody what to throw when the template looks into a body that is no JSON
 */
export function templateInput(
  text: string,
  parameters: () => InputParameters,
  invalidBody: (reason: string) => Error,
) {
  const body = text === '' ? '{}' : text;
  const at = (path: string, lists: boolean): unknown => jsonPath(read(body, lists, invalidBody), path);
  return {
    body,
    /** As JSON text; `""` where there is nothing. */
    json: (path: string): string => JSON.stringify(defined(at(path, false))),
    path: (path: string): unknown => at(path, true),
    params(name?: string): unknown {
      const { path, querystring, header } = parameters();
      const all = { path, querystring: lastValues(querystring), header: lastValues(header) };
      if (name === undefined) return all;
      return [all.path, all.querystring, all.header].find((map) => Object.hasOwn(map, name))?.[name] ?? '';
    },
  };
}

function defined(value: unknown): unknown {
  return value === undefined ? '' : value;
}

function read(body: string, lists: boolean, invalidBody: (reason: string) => Error): unknown {
  try {
    return JSON.parse(body, (_, value: unknown) =>
      lists && Array.isArray(value) ? JsonList.from<unknown>(value) : value,
    );
  } catch (error) {
    throw invalidBody((error as Error).message);
  }
}

/**
 * `$util` of a mapping template.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html#util-template-reference
 */
export const templateUtil = {
  escapeJavaScript: (value: unknown): string => toText(value).replace(/['"\\/]|[^ -~]/g, escape),
  parseJson: (text: unknown): unknown => JSON.parse(toText(text)),
  urlEncode: (value: unknown): string => new URLSearchParams([['', toText(value)]]).toString().slice(1),
  urlDecode: (text: unknown): string => decodeURIComponent(toText(text).replaceAll('+', ' ')),
  base64Encode: (value: unknown): string => Buffer.from(toText(value)).toString('base64'),
  base64Decode: (text: unknown): string => Buffer.from(toText(text), 'base64').toString(),
};

const SHORT: Readonly<Record<string, string>> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
};

/** As Apache Commons' StringEscapeUtils, which API Gateway uses. */
function escape(character: string): string {
  if (/['"\\/]/.test(character)) return `\\${character}`;
  const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return SHORT[character] ?? `\\u${code}`;
}

/** A list of the payload, which prints as JSON where other lists print as Java's: `[{"c":5}]`, not `[{c=5}]`. */
class JsonList extends Array<unknown> {}

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

/** The value at a JSONPath; undefined when there is none. */
export function jsonPath(json: unknown, path: string): unknown {
  return JSONPath<unknown>({ path, json: json as object, wrap: false, eval: 'safe' });
}
