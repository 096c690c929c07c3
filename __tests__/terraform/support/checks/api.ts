import { GetResourcesCommand, GetRestApisCommand } from '@aws-sdk/client-api-gateway';
import { GetApisCommand, GetIntegrationsCommand, GetRoutesCommand } from '@aws-sdk/client-apigatewayv2';
import { GetPolicyCommand } from '@aws-sdk/client-lambda';
import { aws } from '../aws';
import type { System } from '../system';

/** Ids of the APIs of the system's name. */
export async function apiIds({ stack, api }: System): Promise<string[]> {
  if (api.kind === 'REST') {
    const { items = [] } = await aws.apiGateway.send(new GetRestApisCommand({}));
    return items.filter(({ name }) => name === stack).map(({ id }) => id!);
  }
  const { Items = [] } = await aws.apiGatewayV2.send(new GetApisCommand({}));
  return Items.filter(({ Name }) => Name === stack).map(({ ApiId }) => ApiId!);
}

/** Route to the ARN, or the URI with the ARN in it, of what answers it. */
export function routesOf(system: System, id: string): Promise<Record<string, string>> {
  return system.api.kind === 'REST' ? restRoutes(id) : httpRoutes(id);
}

async function restRoutes(restApiId: string): Promise<Record<string, string>> {
  const resources = await aws.apiGateway.send(new GetResourcesCommand({ restApiId, embed: ['methods'] }));
  return Object.fromEntries(
    (resources.items ?? []).flatMap(({ path, resourceMethods = {} }) =>
      Object.entries(resourceMethods).map(([method, { methodIntegration }]) => [
        `${method} ${path}`,
        methodIntegration?.uri ?? '',
      ]),
    ),
  );
}

async function httpRoutes(ApiId: string): Promise<Record<string, string>> {
  const { Items: routes = [] } = await aws.apiGatewayV2.send(new GetRoutesCommand({ ApiId }));
  const { Items: integrations = [] } = await aws.apiGatewayV2.send(new GetIntegrationsCommand({ ApiId }));
  return Object.fromEntries(
    routes.map(({ RouteKey, Target }) => [
      RouteKey ?? '',
      integrations.find(({ IntegrationId }) => Target === `integrations/${IntegrationId}`)?.IntegrationUri ??
        '',
    ]),
  );
}

interface InvokeStatement {
  readonly Resource: string;
  readonly Condition: {
    readonly ArnLike: { readonly 'AWS:SourceArn': string };
    readonly StringEquals: { readonly 'AWS:SourceAccount': string };
  };
}

/** From where API Gateway may call the alias, and nothing else of the function: stage, method and path of every permission. */
export async function permittedSources(functionName: string, apiId: string): Promise<string[]> {
  const { Policy = '{}' } = await aws.lambda.send(
    new GetPolicyCommand({ FunctionName: functionName, Qualifier: 'live' }),
  );
  const { Statement = [] } = JSON.parse(Policy) as { Statement?: readonly InvokeStatement[] };
  return Statement.map(({ Resource, Condition }) => {
    const source = Condition.ArnLike['AWS:SourceArn'];
    expect(Resource).toMatch(/:live$/);
    expect(Condition.StringEquals['AWS:SourceAccount']).toBe(source.split(':')[4]);
    return source.split(`${apiId}/`)[1] ?? '';
  });
}
