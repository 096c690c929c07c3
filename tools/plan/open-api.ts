import { parse } from 'yaml';

/** An operation of an OpenAPI document that makes an API. */
export interface Operation {
  /** As a client writes it: `GET /items/{id}`. */
  readonly text: string;
  /** The same whatever its parameters are called. */
  readonly key: string;
  /** Whether it asks for nothing. */
  readonly isOpen: boolean;
}

/**
 * The operations in the `body` of an API, JSON or YAML; none when it is not such a document.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
 */
export function operationsOf(body: unknown): Operation[] {
  const document = typeof body === 'string' ? read(body) : undefined;
  return Object.entries(objectIn(document, 'paths')).flatMap(([path, item]) =>
    Object.entries(isObject(item) ? item : {}).flatMap(([name, operation]) => {
      const method = METHODS[name];
      if (method === undefined || !isObject(operation)) return [];
      const text = `${method} ${path}`;
      const security = operation.security ?? document?.security;
      return [{ text, key: text.replace(/\{[^}+]*(\+?)\}/g, '{$1}'), isOpen: isOpen(operation, security) }];
    }),
  );
}

/**
 * The resource policy of an API that stands in its `body`, as JSON.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/openapi-extensions-policy.html
 */
export function policyOfBody(body: unknown): string | undefined {
  const document = typeof body === 'string' ? read(body) : undefined;
  const policy = document?.['x-amazon-apigateway-policy'];
  return policy === undefined ? undefined : JSON.stringify(policy);
}

const METHODS: Readonly<Record<string, string>> = {
  get: 'GET',
  put: 'PUT',
  post: 'POST',
  delete: 'DELETE',
  options: 'OPTIONS',
  head: 'HEAD',
  patch: 'PATCH',
  'x-amazon-apigateway-any-method': 'ANY',
};

/** An empty requirement among several is one that everyone meets: https://spec.openapis.org/oas/v3.0.3#operation-object */
function isOpen(operation: Fields, security: unknown): boolean {
  const scheme = objectIn(operation, 'x-amazon-apigateway-auth').type;
  if (typeof scheme === 'string' && scheme.toUpperCase() !== 'NONE') return false;
  if (!Array.isArray(security)) return true;
  return security.length === 0 || security.some((one) => isObject(one) && Object.keys(one).length === 0);
}

type Fields = Readonly<Record<string, unknown>>;

function read(body: string): Fields | undefined {
  try {
    const document: unknown = parse(body);
    return isObject(document) ? document : undefined;
  } catch {
    return undefined;
  }
}

function objectIn(fields: Fields | undefined, name: string): Fields {
  const value = fields?.[name];
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
