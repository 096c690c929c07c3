import type { Role } from '../../iam/role';
import type { Block } from '../language/configuration/block';
import type { ContentHandling, IntegrationResponse, RestApi, RestIntegration } from '../model/rest-api';
import type { Attempts } from './attempts';
import { functionArnOf, uriOf } from './integration-uri';
import { roleOfGateway } from './roles';

const PASSTHROUGH = ['WHEN_NO_MATCH', 'WHEN_NO_TEMPLATES', 'NEVER'] as const;

/**
 * The integration of a REST API's method.
 * @throws when it is of a kind that is not served, or incomplete
 */
export function readIntegration(
  attempts: Attempts,
  integration: Block,
  responses: readonly IntegrationResponse[],
  stageVariables: RestApi['stageVariables'],
): RestIntegration {
  const passthrough = integration.text('passthrough_behavior', 'WHEN_NO_MATCH');
  const mapping = {
    passthroughBehavior: PASSTHROUGH.find((known) => known === passthrough) ?? 'WHEN_NO_MATCH',
    requestParameters: integration.textMap('request_parameters'),
    contentHandling: readContentHandling(integration),
    requestTemplates: integration.textMap('request_templates'),
    responses,
  };
  const type = integration.text('type');
  if (type === 'MOCK') return { type, ...mapping };
  const timeoutMs = integration.number('timeout_milliseconds', 29_000);
  switch (type) {
    case 'AWS':
    case 'AWS_PROXY':
      refuseOtherThanPost(integration);
      return {
        type,
        functionArn: functionArnOf(integration, 'uri', stageVariables),
        invokedAs: invokedAs(attempts, integration),
        timeoutMs,
        ...mapping,
      };
    case 'HTTP':
    case 'HTTP_PROXY':
      if (integration.text('connection_type', 'INTERNET') === 'VPC_LINK') {
        integration.refuse('connection_type', 'a VPC link leads nowhere from here');
      }
      return {
        type,
        uri: httpUri(integration, stageVariables),
        httpMethod: integration.text('integration_http_method'),
        insecure: integration.block('tls_config')?.flag('insecure_skip_verification') ?? false,
        timeoutMs,
        ...mapping,
      };
    default:
      throw new Error(
        `${integration.where}.type: expected AWS, AWS_PROXY, HTTP, HTTP_PROXY or MOCK, received ${type}`,
      );
  }
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/integration-request-basic-setup.html */
function refuseOtherThanPost(integration: Block): void {
  const method = integration.text('integration_http_method', 'POST');
  if (method !== 'POST' && method !== 'ANY') {
    integration.refuse(
      'integration_http_method',
      `functions are invoked by POST alone, received ${method}: on AWS the method answers 500`,
    );
  }
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html (credentials) */
function invokedAs(attempts: Attempts, integration: Block): Role | 'anyone' | undefined {
  if (integration.text('credentials', '') === 'arn:aws:iam::*:user/*') {
    integration.refuse('credentials', 'callers are not identified here, so that none can be passed on');
  }
  const isOfRole = integration.text('credentials', '') !== '';
  return isOfRole && !attempts.iam ? 'anyone' : roleOfGateway(attempts, integration, 'credentials');
}

/** @throws when it is neither that there is */
export function readContentHandling(block: Block): ContentHandling | undefined {
  const handling = block.text('content_handling', '');
  if (handling === '' || handling === 'CONVERT_TO_BINARY' || handling === 'CONVERT_TO_TEXT') {
    return handling === '' ? undefined : handling;
  }
  throw new Error(
    `${block.where}.content_handling: expected CONVERT_TO_BINARY or CONVERT_TO_TEXT, received ${handling}`,
  );
}

function httpUri(integration: Block, stageVariables: RestApi['stageVariables']): string {
  const uri = uriOf(integration, 'uri', stageVariables);
  if (/^https?:\/\/./.test(uri)) return uri;
  throw new Error(`${integration.where}.uri: expected an http:// or https:// URL, received ${uri}`);
}
