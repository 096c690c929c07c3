import { endpoints } from '../../../../packages/terraform-offline/console/endpoints';
import type { Api } from '../../../../packages/terraform-offline/terraform/model/stack';
import { fn, httpApi, method, restApi, stack } from './model';

const API = 'arn:aws:execute-api:eu-west-1:000000000000:abc123';

const permitting = (sourceArn: string) =>
  fn('Notes', [], {
    permissions: [{ action: 'lambda:InvokeFunction', principal: 'apigateway.amazonaws.com', sourceArn }],
  });

const faults = (api: Api, sourceArn: string) =>
  endpoints(stack({ functions: [permitting(sourceArn)], apis: [api] }), api).map(({ fault }) => fault);

const DENIED = 'no permission to invoke';

describe('what is told of a permission', () => {
  // https://github.com/aws/serverless-application-model/issues/110
  it.each([
    ['GET', '/data/{id}', `${API}/prod/GET/data/*`, undefined],
    ['GET', '/data/{id}', `${API}/prod/GET/data/{id}`, DENIED],
    ['ANY', '/data', `${API}/prod/*/data`, undefined],
    ['ANY', '/data', `${API}/prod/GET/data`, DENIED],
  ])('a REST API’s %s %s, permitted from %s', (httpMethod, path, sourceArn, fault) => {
    const api = restApi([method(permitting(sourceArn), { httpMethod, path })]);
    expect(faults(api, sourceArn)).toEqual([fault]);
  });

  // https://github.com/aws/serverless-application-model/issues/1860
  it.each([
    ['$default', `${API}/$default/$default`, undefined],
    ['$default', `${API}/*/*/$default`, DENIED],
    ['GET /data/{id}', `${API}/$default/GET/data/{id}`, undefined],
    ['GET /data/{id}', `${API}/$default/POST/data/{id}`, DENIED],
  ])('an HTTP API’s %s, permitted from %s', (routeKey, sourceArn, fault) => {
    const api = httpApi({ [routeKey]: permitting(sourceArn) });
    expect(faults(api, sourceArn)).toEqual([fault]);
  });
});
