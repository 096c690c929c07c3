import { multiMap } from '../../../../../packages/terraform-offline/server/message';
import {
  Templates,
  templateInput,
  templateUtil,
} from '../../../../../packages/terraform-offline/api-gateway/rest/mapping/template';

const render = (template: string, body = '{}') =>
  new Templates().render(template, {
    input: templateInput(
      body,
      () => ({
        path: { id: 'abc' },
        querystring: multiMap([
          ['name', 'first'],
          ['name', 'jane'],
        ]),
        header: multiMap([['X-Name', "it's"]]),
      }),
      (reason) => new Error(`not JSON: ${reason}`),
    ),
    context: { stage: 'prod', httpMethod: 'POST', identity: { sourceIp: '192.0.2.1', user: null } },
    stageVariables: { color: 'red' },
    util: templateUtil,
  });

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html */
describe('examples of the mapping template reference', () => {
  test('$context variables', () => {
    const template =
      '{"stage":"$context.stage","http_method":"$context.httpMethod","source_ip":"$context.identity.sourceIp","user":"$context.identity.user","api_key":"$context.identity.apiKey"}';
    expect(JSON.parse(render(template))).toEqual({
      stage: 'prod',
      http_method: 'POST',
      source_ip: '192.0.2.1',
      user: '',
      api_key: '',
    });
  });

  test('all parameters', () => {
    const template = `#set($allParams = $input.params())
{
  "params" : {
    #foreach($type in $allParams.keySet())
    #set($params = $allParams.get($type))
    "$type" : {
      #foreach($paramName in $params.keySet())
      "$paramName" : "$util.escapeJavaScript($params.get($paramName)).replaceAll("\\\\'","'")"
      #if($foreach.hasNext),#end
      #end
    }
    #if($foreach.hasNext),#end
    #end
  }
}`;
    expect(JSON.parse(render(template))).toEqual({
      params: { path: { id: 'abc' }, querystring: { name: 'jane' }, header: { 'X-Name': "it's" } },
    });
  });

  test('a parameter and the whole body', () => {
    const template = `{ "name" : "$input.params('name')", "body" : $input.json('$') }`;
    expect(JSON.parse(render(template, '{"a":[1,null]}'))).toEqual({ name: 'jane', body: { a: [1, null] } });
  });

  test('a member of the body', () => {
    const template = `{ "name" : "$input.params('name')", "body" : $input.json('$.mykey') }`;
    expect(JSON.parse(render(template, '{"mykey":{"a":1}}'))).toEqual({ name: 'jane', body: { a: 1 } });
  });

  test('things counted', () => {
    const template = `{ "id" : "$input.params('id')", "count" : "$input.path('$.things').size()", "things" : $input.json('$.things') }`;
    const body = '{"things":{"1":{},"2":{},"3":{}}}';
    expect(JSON.parse(render(template, body))).toEqual({
      id: 'abc',
      count: '3',
      things: { '1': {}, '2': {}, '3': {} },
    });
  });

  test('pets counted', () => {
    expect(render("$input.path('$.pets').count()", '{"pets":[{"id":1},{"id":2},{"id":3}]}')).toBe('3');
  });

  test('$util.parseJson', () => {
    const template =
      '#set ($errorMessageObj = $util.parseJson($input.path(\'$.errorMessage\'))){ "errorMessageObjKey2ArrVal" : $errorMessageObj.key2.arr[0] }';
    const body = String.raw`{"errorMessage":"{\"key1\":\"var1\",\"key2\":{\"arr\":[1,2,3]}}"}`;
    expect(JSON.parse(render(template, body))).toEqual({ errorMessageObjKey2ArrVal: 1 });
  });

  it.each([
    ['$stageVariables.color', 'red'],
    ["$stageVariables['color']", 'red'],
    ["${stageVariables['color']}", 'red'],
    ["$util.urlEncode('a b&c/ü')", 'a+b%26c%2F%C3%BC'],
    ["$util.urlDecode('a+b%26c%2F%C3%BC')", 'a b&c/ü'],
    ["$util.base64Encode('héllo')", 'aMOpbGxv'],
    ["$util.base64Decode('aMOpbGxv')", 'héllo'],
    ["$util.escapeJavaScript($input.params('X-Name'))", String.raw`it\'s`],
  ])('%s', (template, expected) => {
    expect(render(template)).toBe(expected);
  });
});

describe('what prints', () => {
  const body = '{"s":"x","n":1.5,"t":true,"nil":null,"list":[1,{"c":5}],"map":{"a":1,"b":[{"c":5}]}}';

  // Maps print as Java's, lists of the payload as JSON:
  // https://github.com/localstack/localstack/blob/main/localstack-core/localstack/services/apigateway/next_gen/execute_api/template_mapping.py
  it.each([
    ["$input.path('$.s')", 'x'],
    ["$input.path('$.n')", '1.5'],
    ["$input.path('$.t')", 'true'],
    ["$input.path('$.nil')", ''],
    ["$input.path('$.missing')", ''],
    ["$input.path('$.list')", '[1,{"c":5}]'],
    ["$input.path('$').list", '[1,{"c":5}]'],
    ["$input.path('$.map')", '{a=1, b=[{"c":5}]}'],
    ["$input.json('$.s')", '"x"'],
    ["$input.json('$.nil')", 'null'],
    ["$input.json('$.missing')", '""'],
    ["$input.json('$.list[1].c')", '5'],
    ["$input.params('missing')", ''],
    // Header names are compared with their case.
    ["$input.params('x-name')", ''],
    ['$nothing.at.all', ''],
    ['costs $5', 'costs $5'],
  ])('%s', (template, expected) => {
    expect(render(template, body)).toBe(expected);
  });

  test('$input.body is the text as it came', () => {
    expect(render('$input.body', '{ "n": 12345678901234567890 }')).toBe('{ "n": 12345678901234567890 }');
  });

  it.each([
    ["$input.path('$.s').length()", '1'],
    ["$input.path('$.s').equals('x')", 'true'],
    ["$input.path('$.s').matches('[a-z]')", 'true'],
    ["$input.path('$.list').isEmpty()", 'false'],
    ["$input.path('$.map').containsKey('a')", 'true'],
    ["$util.escapeJavaScript('a\"b/c')", String.raw`a\"b\/c`],
  ])('%s', (template, expected) => {
    expect(render(template, body)).toBe(expected);
  });

  test('looking into a body that is no JSON throws what the caller says', () => {
    expect(() => render("$input.path('$.a')", 'hello')).toThrow('not JSON');
  });

  test('a template cannot reach JavaScript’s prototypes', () => {
    expect(render('$input.constructor.constructor $util.__proto__', body).trim()).toBe('');
  });
});
