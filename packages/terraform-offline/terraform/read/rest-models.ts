import type { Resource } from '../language/configuration/resource';
import type { Attempts } from './attempts';

/** Models that every REST API has: https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html */
const BUILT_IN_MODELS: Readonly<Record<string, unknown>> = {
  Empty: { $schema: 'http://json-schema.org/draft-04/schema#', title: 'Empty Schema', type: 'object' },
  Error: {
    $schema: 'http://json-schema.org/draft-04/schema#',
    title: 'Error Schema',
    type: 'object',
    properties: { message: { type: 'string' } },
  },
};

/**
 * The models of a method's bodies by media type, each with the models it refers to.
 * @throws when the API has no such model
 */
export function requestModels(attempts: Attempts, api: Resource, method: Resource): Record<string, unknown> {
  const id = api.text('id');
  const models = attempts.belonging(
    'aws_api_gateway_model',
    'no API has the model',
    (model) => model.text('rest_api_id') === id,
  );
  const urlOf = (name: string) => `https://apigateway.amazonaws.com/restapis/${id}/models/${name}`;
  const schemaOf = (name: string): unknown =>
    models.find((model) => model.text('name') === name)?.json('schema') ?? BUILT_IN_MODELS[name];
  const named = Object.entries(method.textMap('request_models')).map(([mediaType, name]) => {
    const schema = schemaOf(name);
    if (schema === undefined) {
      throw new Error(`${method.where}.request_models: the API has no aws_api_gateway_model named ${name}`);
    }
    return [mediaType, withReferences(schema, urlOf(name), urlOf, schemaOf)] as const;
  });
  return Object.fromEntries(named);
}

/**
 * A model that refers to others by their URLs, with those among its definitions under the URLs as their identifiers.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/models-mappings-models.html#api-gateway-request-validation-model-more-complex
 */
function withReferences(
  schema: unknown,
  url: string,
  urlOf: (name: string) => string,
  schemaOf: (name: string) => unknown,
): unknown {
  const found = new Map([[url, schema as object]]);
  for (const one of found.values()) {
    for (const name of referencedIn(one, urlOf)) {
      const other = found.has(urlOf(name)) ? undefined : schemaOf(name);
      if (other !== undefined) found.set(urlOf(name), other as object);
    }
  }
  if (referencedIn(schema, urlOf).length === 0) return schema;
  found.delete(url);
  const { definitions } = schema as { definitions?: object };
  const others = [...found].map(([id, other]) => [id, { id, ...other }] as const);
  return { id: url, ...(schema as object), definitions: { ...definitions, ...Object.fromEntries(others) } };
}

/** The names of the models whose URLs a schema refers to. */
function referencedIn(schema: unknown, urlOf: (name: string) => string): string[] {
  const references = new RegExp(`"\\$ref":"${urlOf('(\\w+)')}"`, 'g');
  return Array.from(JSON.stringify(schema).matchAll(references), ([, name = '']) => name);
}
