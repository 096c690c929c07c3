import { Apigatewayv2Api, type Apigatewayv2ApiConfig } from '@cdktf/provider-aws/lib/apigatewayv2-api';
import { Apigatewayv2Integration } from '@cdktf/provider-aws/lib/apigatewayv2-integration';
import { Apigatewayv2Route } from '@cdktf/provider-aws/lib/apigatewayv2-route';
import { Apigatewayv2Stage, type Apigatewayv2StageConfig } from '@cdktf/provider-aws/lib/apigatewayv2-stage';
import { Construct } from 'constructs';
import type { Access } from '../../functions/shared/contract';
import type { Environment } from '../environment';
import { authorizationOf } from './access';
import { accessLog, HTTP_API_LINE } from './access-log';
import type { ApiMetrics, Metric } from './metric';
import { CORS } from './cors';
import { addCustomDomain } from './custom-domain';
import { Forgotten, movedFrom } from './former-address';
import { routeAuthorization } from './http-api/authorizer';
import { assertRoutePath, position } from './http-api/route-path';
import type { NodeFunction } from './node-function';
import { transformed, type Transform } from './transform';
import { requireRoutes, routeLimits, type RouteLimits } from './route-throttling';

export interface HttpApiProps {
  readonly environment: Environment;
  /** Name in the default environment, and of the system in its settings. */
  readonly apiName: string;
  /** Default: everything is made as it is. */
  readonly transform?: Transform<{
    readonly api: Apigatewayv2ApiConfig;
    readonly stage: Apigatewayv2StageConfig;
  }>;
}

const STAGE = '$default';

/** An API Gateway HTTP API with one stage, `$default`, which API Gateway deploys whenever something changes. */
export class HttpApi extends Construct {
  /** The API's endpoint, without a slash at its end; the `$default` stage has no path segment. */
  readonly url: string;
  readonly resources: { readonly api: Apigatewayv2Api; readonly stage: Apigatewayv2Stage };
  private readonly environment: Environment;
  private readonly apiName: string;
  private readonly api: Apigatewayv2Api;
  private readonly stage: Apigatewayv2Stage;
  private readonly limits: readonly RouteLimits[];
  /** By method and position. */
  private readonly routes = new Map<string, Apigatewayv2Route>();

  constructor(scope: Construct, id: string, { environment, apiName, transform }: HttpApiProps) {
    super(scope, id);
    this.environment = environment;
    this.apiName = apiName;
    const name = environment.resourceName(apiName);
    this.api = new Apigatewayv2Api(
      this,
      'api',
      transformed(transform, 'api', {
        name,
        protocolType: 'HTTP',
        ...(environment.cors && { corsConfiguration: corsConfiguration(environment.cors) }),
        ...(environment.domain && { disableExecuteApiEndpoint: true }),
      }),
    );

    this.limits = routeLimits(environment, apiName);
    requireRoutes(this, this.limits, () =>
      [...this.routes.values()].map(({ routeKeyInput }) => routeKeyInput ?? ''),
    );
    this.stage = new Apigatewayv2Stage(
      this,
      'stage',
      transformed(transform, 'stage', {
        apiId: this.api.id,
        name: STAGE,
        autoDeploy: true,
        defaultRouteSettings: {
          throttlingRateLimit: environment.throttling.rateLimit,
          throttlingBurstLimit: environment.throttling.burstLimit,
        },
        ...(this.limits.length > 0 && {
          routeSettings: this.limits.map(({ routeKey, rateLimit, burstLimit }) => ({
            routeKey,
            throttlingRateLimit: rateLimit,
            throttlingBurstLimit: burstLimit,
          })),
          // API Gateway takes limits of routes that are there.
        }),
        accessLogSettings: { destinationArn: accessLog(this, name, environment).arn, format: HTTP_API_LINE },
      }),
    );
    this.resources = { api: this.api, stage: this.stage };
    this.url = environment.domain
      ? addCustomDomain(this, environment.domain, apiName, { apiId: this.api.id, stage: this.stage.name })
      : this.api.apiEndpoint;
    // Its lines would go with it; they expire as they would have.
    new Forgotten(this, 'former-access-log', 'aws_cloudwatch_log_group', 'access-log');
    this.node.addValidation({
      validate: () => (this.routes.size > 0 ? [] : ['the API has no route; add one with addRoute()']),
    });
  }

  /** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-metrics.html */
  get metrics(): ApiMetrics {
    const metric = (metricName: string): Metric => ({
      namespace: 'AWS/ApiGateway',
      metricName,
      dimensions: { ApiId: this.api.id, Stage: this.stage.name },
    });
    return { requests: metric('Count'), serverErrors: metric('5xx'), latency: metric('Latency') };
  }

  /**
   * Sends a method of a path to a function, with payload format 2.0.
   * @param access who may call it. Default: what the environment says for the system
   * @throws when the path is not one API Gateway takes, the route is there already, or nobody may call it like that
   */
  addRoute(method: string, path: string, fn: NodeFunction, access?: Access): void {
    assertRoutePath(this.node.path, path);
    const id = `${method}-${position(path)}`;
    if (this.routes.has(id)) {
      throw new Error(
        `${this.node.path}: received the route ${method} ${path} a second time, for ${fn.node.path}; a route has one integration`,
      );
    }
    const routeKey = `${method} ${path}`;
    const authorization = authorizationOf(this, this.environment, this.apiName, routeKey, access);

    // The source of an HTTP API's call is the route, `{parameters}` included, as the console's and AWS CDK's permissions
    // have it; a REST API's has `*` there. https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html
    const permission = fn.allowInvocationFrom(id, `${this.api.executionArn}/${STAGE}/${method}${path}`);
    const integration = new Apigatewayv2Integration(this, `integration-${id}`, {
      apiId: this.api.id,
      integrationType: 'AWS_PROXY',
      integrationUri: fn.invokeArn,
      payloadFormatVersion: '2.0',
      // The stage deploys itself: whatever changes is live at once.
      dependsOn: [permission],
    });
    const route = new Apigatewayv2Route(this, `route-${id}`, {
      apiId: this.api.id,
      routeKey,
      target: `integrations/${integration.id}`,
      ...routeAuthorization(this, this.environment, this.api.id, routeKey, authorization, access),
      dependsOn: [permission],
    });
    this.routes.set(id, route);
    // API Gateway takes limits of routes that are there.
    if (this.limits.some((limit) => limit.routeKey === routeKey))
      this.stage.dependsOn = [
        ...(this.stage.dependsOn ?? []),
        `${route.terraformResourceType}.${route.friendlyUniqueId}`,
      ];
    for (const resource of [permission, integration, route])
      movedFrom(resource, position(path), path.slice(1));
  }
}

function corsConfiguration({ allowOrigin, maxAgeSeconds }: NonNullable<Environment['cors']>) {
  const { allowMethods, allowHeaders, exposeHeaders } = CORS;
  return {
    allowOrigins: [allowOrigin],
    allowMethods: [...allowMethods],
    allowHeaders: [...allowHeaders],
    exposeHeaders: [...exposeHeaders],
    maxAge: maxAgeSeconds,
  };
}
