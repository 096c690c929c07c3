import { parsePlan } from '../../../../tools/plan/plan-json';
import { textReport } from '../../../../tools/plan/report/text';
import { markdownReport } from '../../../../tools/plan/report/markdown';
import { reviewPlan } from '../../../../tools/plan/review';
import { planOfOne, reportOf } from '../fixtures';

const AHEAD = { actions: ['create' as const, 'delete' as const] };
const sentences = (...plan: Parameters<typeof planOfOne>): string[] =>
  reviewPlan(planOfOne(...plan))
    .refusals.filter(({ rule }) => rule === 'order')
    .map(({ sentence }) => sentence);

describe('a replacement that is made before the old one goes', () => {
  const integration = {
    rest_api_id: 'abc123',
    resource_id: 'def456',
    http_method: 'POST',
    type: 'AWS_PROXY',
  };
  const plan = { ...AHEAD, replace_paths: [['type']] };

  it('is refused where AWS takes it once only, with what to do first', () => {
    expect(
      sentences('aws_api_gateway_integration', integration, { ...integration, type: 'AWS' }, plan),
    ).toEqual([
      'is made anew (forced by type) before the old one goes, and AWS takes it once only: delete it first, which the stage does not notice until it is deployed, and plan again: aws apigateway delete-integration --rest-api-id abc123 --resource-id def456 --http-method POST',
    ]);
  });

  it('is refused of a resource by its id, which the plan does not call so', () => {
    const resource = { id: 'def456', rest_api_id: 'abc123', parent_id: 'ghi789', path_part: 'data' };
    expect(sentences('aws_api_gateway_resource', resource, resource, AHEAD)).toEqual([
      expect.stringMatching(/aws apigateway delete-resource --rest-api-id abc123 --resource-id def456$/),
    ]);
  });

  it.each([
    ['aws_dynamodb_table', { name: 'items' }],
    ['aws_lambda_function', { function_name: 'Echo' }],
    ['aws_iam_role', { name: 'Echo-role' }],
    ['aws_cloudwatch_log_group', { name: '/aws/lambda/Echo' }],
  ])('is refused of an %s that keeps its name', (type, values) => {
    expect(sentences(type, values, values, AHEAD)).toEqual([expect.stringMatching(/give it another name$/)]);
  });

  it('is none where the new one has another name', () => {
    expect(
      sentences('aws_lambda_function', { function_name: 'Echo' }, { function_name: 'Other' }, AHEAD),
    ).toEqual([]);
  });

  it('is none where the new one is at another place, known only after the apply', () => {
    const after = { ...integration, resource_id: undefined };
    expect(
      sentences('aws_api_gateway_integration', integration, after, {
        ...AHEAD,
        after_unknown: { resource_id: true },
      }),
    ).toEqual([]);
  });

  it('is none where the old one goes first', () => {
    const values = { function_name: 'Echo' };
    expect(sentences('aws_lambda_function', values, values, { actions: ['delete', 'create'] })).toEqual([]);
  });

  it('is none where several may stand', () => {
    expect(
      sentences('aws_api_gateway_deployment', { rest_api_id: 'a' }, { rest_api_id: 'a' }, AHEAD),
    ).toEqual([]);
  });
});

describe('a removed route', () => {
  const resource = (type: string, actions: readonly string[], values: object) => ({
    address: `${type}.it`,
    mode: 'managed',
    type,
    name: 'it',
    change: {
      actions,
      before: values,
      after: actions.includes('create') ? values : null,
      after_unknown: {},
    },
  });
  const planOf = (...resources: object[]) =>
    parsePlan(JSON.stringify({ format_version: '1.2', resource_changes: resources }));
  const part = { rest_api_id: 'abc123' };
  const plan = planOf(
    resource('aws_api_gateway_method', ['delete'], part),
    resource('aws_api_gateway_deployment', ['create', 'delete'], part),
  );

  it('stays in the new deployment, and the review says how to end it', () => {
    expect(reviewPlan(plan)).toMatchObject({
      refusals: [{ rule: 'access', address: 'aws_api_gateway_method.it' }],
      notes: [
        {
          address: 'aws_api_gateway_deployment.it',
          sentence:
            'still holds what is removed from the API, so that the stage goes on knowing it: once this is applied, run "terraform apply -replace=aws_api_gateway_deployment.it" in the stack\'s folder',
        },
      ],
    });
  });

  it('is in the report for people', () => {
    const report = reportOf('data-api', reviewPlan(plan));
    expect(textReport(report)).toContain('  note: aws_api_gateway_deployment.it still holds what is removed');
    expect(markdownReport(report)).toContain(
      '> note: **data-api**: aws\\_api\\_gateway\\_deployment.it still holds',
    );
  });

  it.each([
    [
      'nothing of the API is removed',
      planOf(resource('aws_api_gateway_deployment', ['create', 'delete'], part)),
    ],
    [
      'what is removed is replaced',
      planOf(
        resource('aws_api_gateway_method', ['create', 'delete'], part),
        resource('aws_api_gateway_deployment', ['create', 'delete'], part),
      ),
    ],
    [
      'the API goes with it',
      planOf(
        resource('aws_api_gateway_rest_api', ['delete'], { id: 'abc123' }),
        resource('aws_api_gateway_method', ['delete'], part),
        resource('aws_api_gateway_deployment', ['delete'], part),
      ),
    ],
    [
      'it is of another API',
      planOf(
        resource('aws_api_gateway_method', ['delete'], { rest_api_id: 'other' }),
        resource('aws_api_gateway_deployment', ['create', 'delete'], part),
      ),
    ],
  ])('is none where %s', (_, plan) => {
    expect(reviewPlan(plan).notes).toEqual([]);
  });
});
