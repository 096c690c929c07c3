import type { OperationExamples } from '../../terraform/examples';
import type { Endpoint } from '../endpoints';
import { type Parameter, parameters } from './parameters';

export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: Content };
  readonly responses: Readonly<Record<string, Response>>;
}

type Content = Readonly<
  Record<
    string,
    { readonly schema: unknown; readonly examples?: Record<string, { summary: string; value: unknown }> }
  >
>;

interface Response {
  readonly description: string;
  readonly headers?: Readonly<Record<string, { readonly schema: { readonly type: 'string' } }>>;
}

/** Of a route, as the page's links name it too; that of `ANY` is its first method's. */
export function operationId(method: string, path: string): string {
  const verb = method === 'ANY' ? ANY[0] : method.toLowerCase();
  return `${verb} ${path}`.replace(/[^a-zA-Z0-9]+/g, '-').replace(/-$/, '');
}

/** Methods that OpenAPI knows, in place of API Gateway's `ANY`. */
export const ANY = ['get', 'post', 'put', 'patch', 'delete'] as const;

const WITH_BODY = ['post', 'put', 'patch'];

/**
 * @param method in lower case
 * @param known undefined for a route of a system that nobody wrote examples for
 */
export function operation(
  endpoint: Endpoint,
  method: string,
  known: OperationExamples | undefined,
): Operation {
  const body = known ? known.bodies !== undefined : WITH_BODY.includes(method);
  return {
    operationId: operationId(method, endpoint.path),
    summary: known?.summary ?? '',
    description: description(endpoint),
    parameters: parameters(endpoint, known?.parameters ?? []),
    requestBody: body ? { required: true, content: content(endpoint, known) } : undefined,
    responses: responses(endpoint, known?.responses ?? {}),
  };
}

function description({ fn, integration, fault }: Endpoint): string {
  if (fault !== undefined) return `**Fails: ${fault}.**`;
  return `${fn?.name ?? 'No function'} answers (${integration ?? 'no integration'}).`;
}

function content(
  endpoint: Endpoint,
  { bodies = {}, bodySchema = {} }: Pick<OperationExamples, 'bodies' | 'bodySchema'> = {},
): Content {
  const models = Object.entries(endpoint.rest?.requestModels ?? {});
  const schemas = models.length > 0 ? models : [['application/json', bodySchema] as const];
  const named = Object.entries(bodies).map(([name, value]) => [name, { summary: name, value }] as const);
  const examples = named.length > 0 ? Object.fromEntries(named) : undefined;
  return Object.fromEntries(
    schemas.map(([mediaType, model]) => [mediaType, { schema: withoutDialect(model), examples }]),
  );
}

/** OpenAPI 3.0 knows most of draft 4, but not that a schema says so. */
function withoutDialect(model: unknown): unknown {
  const keywords = Object.entries(Object(model) as Record<string, unknown>);
  return Object.fromEntries(keywords.filter(([keyword]) => keyword !== '$schema'));
}

function responses({ rest }: Endpoint, known: OperationExamples['responses']): Record<string, Response> {
  const declared = (rest?.responses ?? []).map(({ statusCode, parameters: names }): [string, Response] => {
    const headers = Object.keys(names).map((name) => name.replace('method.response.header.', ''));
    return [
      String(statusCode),
      {
        description: known[statusCode] ?? '',
        headers: Object.fromEntries(headers.map((name) => [name, { schema: { type: 'string' } }])),
      },
    ];
  });
  const told = Object.entries(known).map(([status, text]): [string, Response] => [
    status,
    { description: text },
  ]);
  const all = Object.fromEntries([...told, ...declared]);
  return Object.keys(all).length > 0 ? all : { default: { description: 'What the function answers.' } };
}
