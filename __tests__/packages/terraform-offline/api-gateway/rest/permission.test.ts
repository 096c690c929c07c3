import { restGateway } from '../../../../../packages/terraform-offline/api-gateway/rest/gateway';
import { echoFunction, request, restApi, run } from '../support';

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
