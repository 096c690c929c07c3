import { load, type TerraformJson } from '../support';
import { api, json, resources, rest_api_id } from './support';

it.each(['/books/{id}/PUT', '~1books~1{id}/PUT'])('reads settings of %s', async (method_path) => {
  const settings = { throttling_rate_limit: 1, throttling_burst_limit: 2 };
  const { methods, throttling } = await api({
    aws_api_gateway_method_settings: { one: { rest_api_id, stage_name: 'prod', method_path, settings } },
  });
  expect([throttling, methods[0]!.throttling]).toEqual([undefined, { rateLimit: 1, burstLimit: 2 }]);
});

describe('stages', () => {
  const stage = (stage_name: string, variables = {}) => ({ rest_api_id, stage_name, variables });
  const loaded = (more: TerraformJson['resource'], output: TerraformJson['output'] = {}) =>
    load({ ...json, resource: { ...resources, ...more }, output });

  it('each make an API of their own, with their variables', async () => {
    const { apis, unserved } = await loaded({
      aws_api_gateway_stage: {
        dev: stage('dev', { colour: 'blue' }),
        prod: stage('prod', { colour: 'red' }),
      },
    });
    expect(apis).toMatchObject([
      { stageName: 'dev', stageVariables: { colour: 'blue' } },
      { stageName: 'prod', stageVariables: { colour: 'red' } },
    ]);
    expect(unserved).toEqual([]);
  });

  // https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/api_gateway_deployment
  it('are made by deployments with a stage_name, which have URLs', async () => {
    const { apis, outputs, unserved } = await loaded(
      {
        aws_api_gateway_stage: {},
        aws_api_gateway_deployment: { live: stage('v1', { colour: 'green' }) },
      },
      {
        url: { value: '${aws_api_gateway_deployment.live.invoke_url}' },
        arn: { value: '${aws_api_gateway_deployment.live.execution_arn}' },
      },
    );
    expect(apis).toMatchObject([{ stageName: 'v1', stageVariables: { colour: 'green' } }]);
    const { id } = apis[0]!;
    expect(outputs).toEqual({
      url: `https://${id}.execute-api.eu-west-1.amazonaws.com/v1`,
      arn: `arn:aws:execute-api:eu-west-1:000000000000:${id}/v1`,
    });
    expect(unserved).toEqual([]);
  });

  it('are not made by other deployments, whose URL ends in a slash', async () => {
    const { apis, outputs } = await loaded(
      { aws_api_gateway_deployment: { live: { rest_api_id } } },
      {
        url: {
          value: '${aws_api_gateway_deployment.live.invoke_url}${aws_api_gateway_stage.stage.stage_name}',
        },
      },
    );
    expect(apis).toMatchObject([{ stageName: 'prod' }]);
    expect(outputs.url).toBe(`https://${apis[0]!.id}.execute-api.eu-west-1.amazonaws.com/prod`);
  });

  it.each<[string, TerraformJson['resource'], string]>([
    [
      'a deployment without a stage',
      { aws_api_gateway_deployment: { live: { rest_api_id } } },
      'aws_api_gateway_deployment.live has no stage_name, and no aws_api_gateway_stage deploys aws_api_gateway_rest_api.api',
    ],
    ['an API without a deployment', {}, 'aws_api_gateway_rest_api.api has no stage'],
  ])('are missing: it says so of %s', async (_, more, reason) => {
    const { apis, unserved } = await loaded({ aws_api_gateway_stage: {}, ...more });
    expect(apis).toEqual([]);
    expect(unserved).toMatchObject([
      {
        reason: expect.stringContaining(`test: ${reason}`) as string,
        effect: 'the API has no address, and answers nothing',
      },
    ]);
  });

  it('that cannot be named are told of, and take no other down', async () => {
    const { apis, unserved } = await loaded({
      aws_api_gateway_stage: { lost: stage('${var.name}'), prod: stage('prod') },
    });
    expect(apis).toMatchObject([{ stageName: 'prod' }]);
    expect(unserved).toMatchObject([
      { address: 'test: aws_api_gateway_stage.lost', effect: 'the stage is missing' },
    ]);
  });
});
