import { openApiDocument } from '../../../../packages/terraform-offline/console/openapi/document';
import { withExamples } from '../../../../packages/terraform-offline/terraform/examples';
import { loadModel } from '../../../../packages/terraform-offline/terraform/load';
import type { Api, Stack } from '../../../../packages/terraform-offline/terraform/model/stack';
import { outputFolder } from '../../../../tools/project-root';
import { fn, httpApi, method, restApi, stack } from './model';

type Document = ReturnType<typeof openApiDocument>;

const target = fn('Notes', []);

function document(api: Api, of: Partial<Stack> = {}) {
  return openApiDocument(stack({ functions: [target], apis: [api], ...of }), api);
}

function operations({ paths }: Document) {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([name, operation]) => ({ path, name, operation })),
  );
}

const routes = (described: Document) => operations(described).map(({ path, name }) => `${name} ${path}`);

describe('the OpenAPI document of an unknown system', () => {
  test('has every method of a REST API, under the stage', () => {
    const api = restApi([
      method(target),
      method(target, { httpMethod: 'GET', path: '/notes/{id}' }),
      method(target, { httpMethod: 'DELETE', path: '/notes/{id}' }),
    ]);
    expect(document(api).servers).toEqual([expect.objectContaining({ url: '/notes/prod' })]);
    expect(routes(document(api))).toEqual(['post /notes', 'get /notes/{id}', 'delete /notes/{id}']);
  });

  test('has every route of an HTTP API, whose $default stage has no segment', () => {
    const api = httpApi({ 'GET /notes': target, 'PATCH /notes/{id}': target, $default: target });
    expect(document(api).servers).toEqual([expect.objectContaining({ url: '/notes' })]);
    expect(routes(document(api))).toEqual(
      expect.arrayContaining(['get /notes', 'patch /notes/{id}', 'get /{path}', 'post /{path}']),
    );
  });

  test('spells ANY and greedy parameters in terms OpenAPI has, a method of its own first', () => {
    const api = httpApi({ 'ANY /files/{proxy+}': target, 'GET /files/{proxy+}': fn('Reader', []) });
    const described = document(api, { functions: [target, fn('Reader', [])] });
    expect(routes(described).sort()).toEqual(
      ['delete', 'get', 'patch', 'post', 'put'].map((name) => `${name} /files/{proxy}`),
    );
    expect(described.paths['/files/{proxy}']?.get?.description).toContain('Reader');
  });

  test('takes the request model over, without what OpenAPI 3.0 does not know', () => {
    const model = { $schema: 'http://json-schema.org/draft-04/schema#', type: 'object', required: ['text'] };
    const api = restApi([method(target, { requestModels: { 'application/json': model } })]);
    expect(document(api).paths['/notes']?.post?.requestBody?.content).toEqual({
      'application/json': { schema: { type: 'object', required: ['text'] } },
    });
  });

  test('has the schema that is known beside the Terraform, where that has none', () => {
    const bodySchema = { type: 'object', required: ['known'] };
    const known = { summary: 'Write one', bodies: { One: { known: 1 } }, bodySchema, responses: {} };
    const examples = { title: 'Notes', description: '', operations: { 'POST /notes': known } };
    const schemaOf = (api: Api) =>
      document(api, { examples }).paths['/notes']?.post?.requestBody?.content['application/json']?.schema;

    expect(schemaOf(httpApi({ 'POST /notes': target }))).toEqual(bodySchema);
    const model = { type: 'object', required: ['text'] };
    const requestModels = { 'application/json': model };
    expect(schemaOf(restApi([method(target, { requestModels })]))).toEqual(model);
  });

  test('has the parameters that a method declares', () => {
    const requestParameters = {
      'method.request.querystring.limit': false,
      'method.request.header.If-Match': true,
      'method.request.path.id': true,
    };
    const api = restApi([method(target, { httpMethod: 'GET', path: '/notes/{id}', requestParameters })]);
    const found = document(api).paths['/notes/{id}']?.get?.parameters;
    expect(found?.map(({ in: place, name, required }) => [place, name, required])).toEqual([
      ['path', 'id', true],
      ['query', 'limit', false],
      ['header', 'If-Match', true],
    ]);
  });

  test('has the responses that a method declares, with their headers', () => {
    const responses = [{ statusCode: 503, parameters: { 'method.response.header.Retry-After': true } }];
    const described = document(restApi([method(target, { responses })]));
    expect(described.paths['/notes']?.post?.responses).toEqual({
      503: { description: '', headers: { 'Retry-After': { schema: { type: 'string' } } } },
    });
  });

  test('says of a route without permission that it fails', () => {
    const described = document(restApi([method(target)]), {
      functions: [fn('Notes', [], { permissions: [] })],
    });
    expect(described.paths['/notes']?.post?.description).toBe('**Fails: no permission to invoke.**');
  });
});

describe('the OpenAPI documents of the synthesized stacks', () => {
  let apis: readonly { readonly id: string; readonly api: Api; readonly described: Document }[];
  beforeAll(async () => {
    const { stacks } = await loadModel(outputFolder());
    apis = withExamples(stacks, outputFolder()).flatMap((of) =>
      of.apis.map((api) => ({ id: of.id, api, described: openApiDocument(of, api) })),
    );
    expect(apis).not.toEqual([]);
  });

  // https://spec.openapis.org/oas/v3.0.3
  test('are such by their structure', () => {
    for (const { api, described } of apis) {
      expect(described.openapi).toBe('3.0.3');
      expect(described.info).toMatchObject({ title: api.name, version: '1' });
      const all = operations(described);
      expect(new Set(all.map(({ operation }) => operation.operationId)).size).toBe(all.length);
      for (const { path, operation } of all) {
        expect(path).toMatch(/^\//);
        const inPath = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name);
        const declared = operation.parameters.filter(({ in: place }) => place === 'path');
        expect(declared.map(({ name }) => name)).toEqual(inPath);
        expect(declared.every(({ required }) => required)).toBe(true);
        expect(Object.keys(operation.responses)).not.toEqual([]);
        for (const [status, { description }] of Object.entries(operation.responses)) {
          expect(status).toMatch(/^([1-5]\d\d|default)$/);
          expect(typeof description).toBe('string');
        }
      }
    }
  });

  test('have a schema and an example for every route that takes a body', () => {
    for (const { id, described } of apis) {
      for (const { name, operation } of operations(described)) {
        expect(operation.summary).not.toBe('');
        expect(operation.requestBody !== undefined).toBe(['post', 'put'].includes(name));
        for (const { schema, examples = {} } of Object.values(operation.requestBody?.content ?? {})) {
          expect(schema).toMatchObject({ type: 'object', properties: expect.anything() as unknown });
          expect([id, Object.keys(examples)]).not.toEqual([id, []]);
        }
      }
    }
  });
});
