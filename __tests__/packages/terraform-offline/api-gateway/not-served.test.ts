import type { GatewayDependencies } from '../../../../packages/terraform-offline/api-gateway/gateway';
import { httpGateway } from '../../../../packages/terraform-offline/api-gateway/http/gateway';
import { restGateway } from '../../../../packages/terraform-offline/api-gateway/rest/gateway';
import type { Gateway } from '../../../../packages/terraform-offline/server/request';
import type { Unserved } from '../../../../packages/terraform-offline/terraform/model/unserved';
import { functionArn, httpApi, request, restApi, restMethod, run } from './support';

const unserved: Unserved = {
  address: 'test: aws_lambda_function.echo',
  reason: 'test: aws_lambda_function.echo.handler: cannot evaluate ${local.handler}',
  effect: 'it answers 501',
};

type Api = (dependencies: GatewayDependencies) => Gateway;

describe.each<[kind: string, route: Api, api: Api, whole: Api]>([
  [
    'a REST API',
    (all) =>
      restGateway(restApi([restMethod('GET /broken', { apiKeyRequired: true, unserved }), 'GET /fine']), all),
    (all) => restGateway(restApi(['GET /fine'], { unserved }), all),
    (all) => restGateway(restApi(['GET /broken', 'GET /fine']), all),
  ],
  [
    'an HTTP API',
    (all) =>
      httpGateway(httpApi([{ routeKey: 'GET /broken', integration: undefined, unserved }, 'GET /fine']), all),
    (all) => httpGateway(httpApi(['GET /fine'], { unserved }), all),
    (all) => httpGateway(httpApi(['GET /broken', 'GET /fine']), all),
  ],
])('%s', (_, withRoute, withApi, withFunction) => {
  const problem = {
    title: 'Not served locally',
    status: 501,
    detail: unserved.reason,
    message: unserved.reason,
    address: unserved.address,
    effect: unserved.effect,
  };

  it('answers 501 with address and reason for a route that is not served, and serves the others', async () => {
    const { response, headers, event } = await run(withRoute, request('/broken'));
    expect(response.status).toBe(501);
    expect(headers['content-type']).toBe('application/problem+json');
    expect(JSON.parse(response.body as string)).toEqual(problem);
    expect(event).toBeUndefined();
    expect((await run(withRoute, request('/fine'))).response.status).toBe(200);
  });

  it('answers 501 where it is not known what routes there are, and serves those it knows', async () => {
    const { response } = await run(withApi, request('/elsewhere'));
    expect(JSON.parse(response.body as string)).toEqual(problem);
    expect((await run(withApi, request('/fine'))).response.status).toBe(200);
  });

  it('answers 501 for a function that is not served', async () => {
    const asked: string[] = [];
    const gateway: Api = (all) =>
      withFunction({
        ...all,
        unservedByArn: (arn) => {
          asked.push(arn);
          return unserved;
        },
      });
    const { response, event } = await run(gateway, request('/broken'));
    expect(JSON.parse(response.body as string)).toEqual(problem);
    expect(event).toBeUndefined();
    expect(asked).toEqual([functionArn]);
  });
});
