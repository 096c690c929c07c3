import { PATH_PARAMETER } from './path-parameter';
import type { HttpApi, HttpRoute, RestApi, RestMethod } from '../terraform/model';

/**
 * What AWS compares with a permission's `source_arn`: the method's ARN with `*` for each path parameter. A permission
 * that spells out `{id}` matches nothing (https://github.com/aws/serverless-application-model/issues/110).
 */
export function restSourceArn(
  { executionArn, stageName }: Pick<RestApi, 'executionArn' | 'stageName'>,
  { httpMethod, path }: Pick<RestMethod, 'httpMethod' | 'path'>,
): string {
  const method = httpMethod === 'ANY' ? '*' : httpMethod;
  return `${executionArn}/${stageName}/${method}${path.replace(PATH_PARAMETER, '*')}`;
}

/**
 * The route key as it stands, so that a permission may spell `{id}` out or say `*`:
 * https://github.com/aws/aws-cdk/blob/main/packages/aws-cdk-lib/aws-apigatewayv2-integrations/lib/http/lambda.ts
 */
export function httpSourceArn(
  { executionArn, stageName }: Pick<HttpApi, 'executionArn' | 'stageName'>,
  { routeKey }: Pick<HttpRoute, 'routeKey'>,
): string {
  return `${executionArn}/${stageName}/${routeKey.replace(' ', '')}`;
}
