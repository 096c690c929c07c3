import type { GatewayDependencies } from '../../../../../packages/terraform-offline/api-gateway/gateway';
import { restGateway } from '../../../../../packages/terraform-offline/api-gateway/rest/gateway';
import { AccessAnalyzer } from '../../../../../packages/terraform-offline/iam/access-analyzer';
import { parsePolicy } from '../../../../../packages/terraform-offline/iam/policy';
import type { Role } from '../../../../../packages/terraform-offline/iam/role';
import { echoFunction, functionArn, proxyIntegration, request, restApi, restMethod, run } from '../support';

describe('the function’s resource-based policy', () => {
  const arn = 'arn:aws:execute-api:us-east-1:123456789012:gy415nuibc';
  const of = restApi(['GET /data/{id}'], { stageName: 'prod' });

  it.each([
    ['the method and path', `${arn}/prod/GET/data/*`, 200],
    ['any stage', `${arn}/*/GET/data/*`, 200],
    ['the whole API', `${arn}/*`, 200],
    ['any API of the account', 'arn:aws:execute-api:us-east-1:123456789012:*', 200],
    ['no source', undefined, 200],
    ['another method', `${arn}/prod/POST/data/*`, 500],
    ['another stage', `${arn}/test/GET/data/*`, 500],
    ['another API', 'arn:aws:execute-api:us-east-1:123456789012:other/*', 500],
    ['another account', 'arn:aws:execute-api:us-east-1:999999999999:gy415nuibc/*', 500],
    // https://github.com/aws/serverless-application-model/issues/110
    ['the parameter spelled out', `${arn}/prod/GET/data/{id}`, 500],
  ])('naming %s', async (_, sourceArn, status) => {
    const fn = echoFunction([sourceArn]);
    const sent = request('/data/1');
    const { response, event } = await run((d) => restGateway(of, d), sent, undefined, fn);
    expect(response.status).toBe(status);
    expect(event !== undefined).toBe(status === 200);
  });

  test('without a permission the log names the function and the source that is missing', async () => {
    const { response, log } = await run(
      (d) => restGateway(of, d),
      request('/data/1'),
      undefined,
      echoFunction([]),
    );
    expect(response.body).toBe('{"message":"Internal server error"}');
    expect(log).toHaveLength(1);
    expect(log[0]).toContain('echo has no aws_lambda_permission');
    expect(log[0]).toContain(`${arn}/prod/GET/data/*`);
  });
});

// https://docs.aws.amazon.com/apigateway/latest/developerguide/permissions.html: credentials in place of the function's own policy
describe('the policies of the role that an integration names', () => {
  const roleThatMay = (action: string): Role => ({
    name: 'gateway',
    arn: 'arn:aws:iam::123456789012:role/gateway',
    policies: [
      parsePolicy('inline', {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: action, Resource: functionArn }],
      }),
    ],
  });

  it.each<[what: string, invokedAs: Role | 'anyone', status: number]>([
    ['invoke it', roleThatMay('lambda:InvokeFunction'), 200],
    ['only read it', roleThatMay('lambda:GetFunction'), 500],
    ['be anyone', 'anyone', 200],
  ])('decide, without a permission of the function’s: one that may %s', async (_, invokedAs, status) => {
    const integration = { ...proxyIntegration, invokedAs };
    const api = restApi([restMethod('GET /data', { integration })]);
    const analyzer = new AccessAnalyzer();
    const refusal: GatewayDependencies['refusal'] = (...asked) => analyzer.denial(...asked)?.log;
    const { response, log } = await run(
      (d) => restGateway(api, { ...d, refusal }),
      request('/data'),
      undefined,
      echoFunction([]),
    );
    expect([response.status, log.length]).toEqual([status, status === 200 ? 0 : 1]);
  });
});
