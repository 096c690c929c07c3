import { parse } from 'yaml';
import { isObject } from '../../is-object';
import { messageOf } from '../../message-of';
import { type Block, jsonBlock } from '../language/configuration/block';
import type { Resource } from '../language/configuration/resource';
import { block, idWithin, type Json, members } from './openapi-document';
import type { Attempts } from './attempts';
import { pathItemMethods } from './openapi-operations';
import type { DeclaredMethod } from './rest-methods';

/** What a REST API's OpenAPI document makes of it. */
export interface OpenApiBody {
  readonly methods: readonly DeclaredMethod[];
  /** `aws_api_gateway_gateway_response` */
  readonly gatewayResponses: readonly Block[];
  /** `aws_api_gateway_rest_api` */
  readonly settings: Block;
}

/**
 * Reads the `body` of an API, or of the `aws_api_gateway_rest_api_put` that it is put by.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
 * @throws when it is no document of OpenAPI 3
 */
export function readOpenApiBody(attempts: Attempts, api: Resource): OpenApiBody {
  const [put] = attempts.belonging(
    'aws_api_gateway_rest_api_put',
    'its document is missing',
    (resource) => resource.text('rest_api_id') === api.text('id'),
  );
  const holder = put ?? api;
  const text = holder.optionalText('body');
  if (text === undefined) return { methods: [], gatewayResponses: [], settings: jsonBlock(api.where, {}) };
  const where = `${holder.where}.body`;
  const document = parseDocument(where, text);
  const base = basePath(holder, document);
  return {
    methods: members(document.paths).flatMap(([path, item]) =>
      pathItemMethods(document, api.text('id'), item).map(({ httpMethod, partsAt }) => {
        const place = { httpMethod, path: `${base}${path}`.replace(/(?<=.)\/$/, '') };
        const at = `${where}: ${httpMethod} ${place.path}`;
        return {
          ...place,
          where: at,
          resourceId: idWithin(api.text('id'), place.path),
          parts: () => partsAt(at),
        };
      }),
    ),
    gatewayResponses: members(document['x-amazon-apigateway-gateway-responses']).map(([type, response]) =>
      jsonBlock(`${where}.x-amazon-apigateway-gateway-responses.${type}`, {
        response_type: type,
        status_code: response.statusCode ?? null,
        response_parameters: response.responseParameters ?? null,
        response_templates: response.responseTemplates ?? null,
      }),
    ),
    settings: settingsOf(where, document),
  };
}

function parseDocument(where: string, text: string): Json {
  const document = parseText(where, text);
  if (!isObject(document)) {
    throw new Error(
      `${where}: expected an OpenAPI document as JSON or YAML, received ${JSON.stringify(text.slice(0, 80))}`,
    );
  }
  if (typeof document.openapi === 'string' && document.openapi.startsWith('3.')) return document;
  const version = document.openapi ?? document.swagger;
  const received =
    version === undefined ? 'a document without a version' : `version ${JSON.stringify(version)}`;
  throw new Error(
    `${where}: only OpenAPI 3 is served locally, received ${received}; convert the document to it`,
  );
}

/** JSON is YAML, but for what is too long for a key, and parses faster. */
function parseText(where: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    try {
      return parse(text, { merge: true });
    } catch (error) {
      throw new Error(`${where}: no JSON, and no YAML: ${messageOf(error)}`, { cause: error });
    }
  }
}

function settingsOf(where: string, document: Json): Block {
  const policy = document['x-amazon-apigateway-policy'];
  return block('aws_api_gateway_rest_api', where, {
    api_key_source: document['x-amazon-apigateway-api-key-source'],
    binary_media_types: document['x-amazon-apigateway-binary-media-types'],
    minimum_compression_size: document['x-amazon-apigateway-minimum-compression-size'],
    policy: policy === undefined ? undefined : JSON.stringify(policy),
  });
}

/**
 * What stands before the paths, by the `basepath` parameter.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api-basePath.html
 */
function basePath(holder: Resource, { servers }: Json): string {
  const { basepath = 'ignore' } = holder.textMap('parameters');
  if (basepath === 'ignore') return '';
  if (basepath !== 'prepend') {
    throw new Error(
      `${holder.where}.parameters.basepath: ignore and prepend are served locally, received ${basepath}`,
    );
  }
  const [server] = Array.isArray(servers) ? (servers as { url?: string; variables?: Json }[]) : [];
  const url = (server?.url ?? '').replace(/\{([^}]*)\}/g, (_, name: string) => {
    const variable = server?.variables?.[name];
    return isObject(variable) ? String(variable.default) : '';
  });
  return url.replace(/^\w+:\/\/[^/]*/, '').replace(/\/$/, '');
}
