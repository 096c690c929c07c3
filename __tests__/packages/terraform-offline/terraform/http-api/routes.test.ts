import type { HttpApi } from '../../../../../packages/terraform-offline/terraform/model/http-api';
import { api_id, resources, stack } from './support';

it('reads routes and integrations, one that was forgotten too', async () => {
  expect((await stack()).apis).toMatchObject([
    {
      kind: 'http',
      name: 'books',
      stageName: '$default',
      stageVariables: {},
      throttling: undefined,
      cors: undefined,
      routes: [
        {
          routeKey: 'GET /books/{id}',
          integration: {
            functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:store',
            payloadFormatVersion: '2.0',
            timeoutMs: 5000,
          },
        },
        { routeKey: 'ANY /books', authorizer: undefined, integration: undefined },
      ],
    },
  ]);
});

it('serves the routes beside one that it cannot serve', async () => {
  const { aws_apigatewayv2_integration: integrations, aws_apigatewayv2_route: routes } = resources;
  const proxy = { api_id, integration_type: 'AWS_PROXY', integration_uri: 'https://example.com' };
  const { apis, unserved } = await stack({
    aws_apigatewayv2_integration: { ...integrations, proxy },
    aws_apigatewayv2_route: {
      ...routes,
      away: {
        api_id,
        route_key: 'GET /away',
        target: 'integrations/${aws_apigatewayv2_integration.proxy.id}',
      },
      unknown: { api_id, route_key: '${var.method} /x' },
    },
  });
  const [api] = apis as HttpApi[];
  expect(api!.routes).toMatchObject([
    { routeKey: 'GET /books/{id}' },
    { routeKey: 'ANY /books' },
    {
      routeKey: 'GET /away',
      unserved: {
        address: 'test: aws_apigatewayv2_route.away',
        reason: expect.stringContaining(
          "aws_apigatewayv2_integration.proxy.integration_uri: expected a function's invoke_arn",
        ) as string,
        effect: 'GET /away answers 501',
      },
    },
  ]);
  expect(api!.routes.map((route) => 'unserved' in route)).toEqual([false, false, true]);
  expect(api!.unserved).toMatchObject({
    address: 'test: aws_apigatewayv2_route.unknown',
    effect: 'requests that match no other route answer 501',
  });
  expect(unserved).toHaveLength(2);
});

it('reads the limits of single routes', async () => {
  const route_settings = [
    { route_key: 'GET /books/{id}', throttling_rate_limit: 1, throttling_burst_limit: 2 },
  ];
  const [api] = (
    await stack({
      aws_apigatewayv2_stage: { stage: { api_id, name: 'v1', auto_deploy: true, route_settings } },
    })
  ).apis;
  expect((api as HttpApi).routes.map(({ throttling }) => throttling)).toEqual([
    { rateLimit: 1, burstLimit: 2 },
    undefined,
  ]);
});
