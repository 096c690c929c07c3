import { type Header, headerValue, lastValues, mediaType } from '../../server/message';
import type { HttpResponse } from '../../server/request';
import type { GatewayResponse } from '../../terraform/model/rest-api';
import type { RestCall } from './call';
import type { GatewayError } from './errors';

const DEFAULT_TEMPLATES: Readonly<Record<string, string>> = {
  'application/json': '{"message":$context.error.messageString}',
};
/** As IAM writes it. */
const ACCESS_DENIED_TEMPLATES: Readonly<Record<string, string>> = {
  'application/json': '{"Message":$context.error.messageString}',
};

/** `$context.requestId` or `${context.requestId}`; a full stop after it is no part of the name. */
const NAME = String.raw`((?:context|stageVariables|method\.request)\.[\w.-]*\w)`;
const VARIABLE = new RegExp(String.raw`\$\{${NAME}\}|\$${NAME}`, 'g');

/**
 * An error in the shape that the stack gives its type, else `DEFAULT_4XX` or `DEFAULT_5XX`, else AWS's own.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
 */
export function gatewayResponse(call: RestCall, error: GatewayError): HttpResponse {
  const { api } = call;
  const fallback = error.status < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX';
  const definition = api.gatewayResponses[error.type] ?? api.gatewayResponses[fallback];
  const variable = variables(call, error);
  const { type, template } = chooseTemplate(definition, error, call);
  const headers = new Map<string, Header>([
    ['x-amzn-errortype', ['x-amzn-ErrorType', error.errorType]],
    ['content-type', ['Content-Type', type]],
  ]);
  for (const [parameter, source] of Object.entries(definition?.parameters ?? {})) {
    const name = parameter.replace('gatewayresponse.header.', '');
    const value = /^'.*'$/s.test(source) ? source.slice(1, -1) : variable(source);
    if (value !== undefined) headers.set(name.toLowerCase(), [name, value]);
  }
  return {
    status: definition?.statusCode ?? error.status,
    headers: [...headers.values()],
    // Substitution only: these templates are no VTL.
    body: template.replace(
      VARIABLE,
      (_, braced?: string, bare?: string) => variable((braced ?? bare)!) ?? '',
    ),
  };
}

function chooseTemplate(definition: GatewayResponse | undefined, error: GatewayError, { headers }: RestCall) {
  const own = error.type === 'ACCESS_DENIED' ? ACCESS_DENIED_TEMPLATES : DEFAULT_TEMPLATES;
  const templates = definition && Object.keys(definition.templates).length > 0 ? definition.templates : own;
  const accept = mediaType(headerValue(headers, 'accept') ?? '');
  const type = [accept, 'application/json', Object.keys(templates)[0]!].find((key) =>
    Object.hasOwn(templates, key),
  )!;
  return { type, template: templates[type]! };
}

/** Looks a variable up: `context.error.message`, `stageVariables.x`, `method.request.header.Origin`. */
function variables({ api, context, headers, query }: RestCall, error: GatewayError) {
  const root: Record<string, unknown> = {
    context: {
      ...context,
      error: {
        message: error.text ?? '',
        messageString: JSON.stringify(error.text),
        responseType: error.type,
        validationErrorString: error.validationError,
      },
    },
    stageVariables: api.stageVariables,
    'method.request.header': Object.fromEntries(headers),
    'method.request.querystring': lastValues(query),
  };
  return (name: string): string | undefined => {
    const parameter = /^(method\.request\.\w+)\.(.+)$/.exec(name);
    const path = parameter ? [parameter[1]!, parameter[2]!] : name.split('.');
    const value = path.reduce<unknown>((at, key) => own(at, key), root);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  };
}

function own(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string, unknown>)[key];
}
