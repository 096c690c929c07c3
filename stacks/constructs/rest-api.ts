import { ApiGatewayIntegration } from '@cdktf/provider-aws/lib/api-gateway-integration';
import { ApiGatewayMethod } from '@cdktf/provider-aws/lib/api-gateway-method';
import {
  ApiGatewayRestApi,
  type ApiGatewayRestApiConfig,
} from '@cdktf/provider-aws/lib/api-gateway-rest-api';
import type { ApiGatewayStage, ApiGatewayStageConfig } from '@cdktf/provider-aws/lib/api-gateway-stage';
import type { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import type { Access } from '../../functions/shared/contract';
import type { Environment } from '../environment';
import { authorizationOf } from './access';
import type { ApiMetrics } from './metric';
import { corsHeaders } from './cors';
import { movedFrom } from './former-address';
import type { NodeFunction } from './node-function';
import { Deployment } from './rest-api/deployment';
import {
  addEventIntegration,
  type EventIntegrationProps,
  type EventRoute,
} from './rest-api/event-integration';
import { addGatewayResponses } from './rest-api/gateway-responses';
import { JwtAuthorizer } from './rest-api/jwt-authorizer';
import { methodAuthorization, type MethodAuthorization } from './rest-api/method-authorization';
import { addPreflight } from './rest-api/preflight';
import { position, ResourceTree } from './rest-api/resource-tree';
import { Stage } from './rest-api/stage';
import { addUsagePlan } from './rest-api/usage-plan';
import { requireRoutes, routeLimits } from './route-throttling';
import { transformed, type Transform } from './transform';

export interface RestApiProps {
  readonly environment: Environment;
  /** Name in the default environment, and of the system in its settings. */
  readonly apiName: string;
  readonly stageName: string;
  /** What the gateway tells of a body that does not fit its method's model. Default: that it is invalid, no more. */
  readonly bodyExpected?: string;
  /** Default: everything is made as it is. */
  readonly transform?: Transform<{
    readonly api: ApiGatewayRestApiConfig;
    readonly stage: ApiGatewayStageConfig;
  }>;
}

/** An API Gateway REST API with one stage, deployed anew when, and only when, something that shapes it changes. */
export class RestApi extends Construct {
  /** The stage's URL, without a slash at its end. */
  readonly url: string;
  readonly resources: { readonly api: ApiGatewayRestApi; readonly stage: ApiGatewayStage };
  readonly stage: Stage;
  readonly metrics: ApiMetrics;
  private readonly environment: Environment;
  private readonly apiName: string;
  private readonly restApi: ApiGatewayRestApi;
  private readonly tree: ResourceTree;
  private readonly deployment: Deployment;
  private readonly stageName: string;
  private jwt: JwtAuthorizer | undefined;
  /** Such as `POST /data`. */
  private readonly routes: string[] = [];

  /** @throws when the stage's name is none that API Gateway takes */
  constructor(scope: Construct, id: string, props: RestApiProps) {
    super(scope, id);
    const { environment, apiName, stageName, bodyExpected, transform } = props;
    this.environment = environment;
    this.apiName = apiName;
    this.stageName = stageName;
    const config: ApiGatewayRestApiConfig = {
      name: environment.resourceName(apiName),
      endpointConfiguration: { types: ['REGIONAL'] },
      ...(environment.domain && { disableExecuteApiEndpoint: true }),
    };
    this.restApi = new ApiGatewayRestApi(this, 'api', transformed(transform, 'api', config));
    this.deployment = new Deployment(this, this.restApi);
    this.deployment.shapedBy(...addGatewayResponses(this, this.restApi.id, this.corsHeaders(), bodyExpected));
    this.tree = new ResourceTree(this, this.restApi, (resource) => this.deployment.shapedBy(resource));
    const limits = routeLimits(environment, apiName);
    requireRoutes(this, limits, () => this.routes);
    this.stage = new Stage(this, {
      environment,
      apiName,
      restApi: this.restApi,
      deploymentId: this.deployment.id,
      stageName,
      limits,
      transform: (stage) => transformed(transform, 'stage', stage),
    });
    this.resources = { api: this.restApi, stage: this.stage.resource };
    this.metrics = this.stage.metrics;
    this.url = this.stage.url;
    this.node.addValidation({
      validate: () =>
        this.routes.length > 0
          ? []
          : ['the API has no route; add one with addProxyRoute() or addEventRoute()'],
    });
  }

  /**
   * Sends a method of a path to a function as AWS's Lambda proxy integration does: the whole request as the event, the
   * whole response as its result.
   * @param access who may call it. Default: what the environment says for the system
   * @throws when the path is not one API Gateway takes, the route is there already, or nobody may call it like that
   */
  addProxyRoute(httpMethod: string, path: string, fn: NodeFunction, access?: Access): void {
    const { id, invokeArn, ...config } = this.route(httpMethod, path, fn, access);
    if (this.environment.cors) fn.setVariable('CORS_ALLOW_ORIGIN', this.environment.cors.allowOrigin);
    const { restApiId, resourceId } = config;
    const method = new ApiGatewayMethod(this, `method-${id}`, config);
    const integration = new ApiGatewayIntegration(this, `integration-${id}`, {
      restApiId,
      resourceId,
      httpMethod: method.httpMethod,
      type: 'AWS_PROXY',
      integrationHttpMethod: 'POST',
      uri: invokeArn,
    });
    this.placedAt(path, method, integration);
  }

  /**
   * Sends the JSON body of a method of a path to a function as its event, and answers with its result.
   * @param access who may call it. Default: what the environment says for the system
   * @throws when the path is not one API Gateway takes, the route is there already, or nobody may call it like that
   */
  addEventRoute(
    httpMethod: string,
    path: string,
    fn: NodeFunction,
    props: EventIntegrationProps,
    access?: Access,
  ): void {
    const route = { ...this.route(httpMethod, path, fn, access), headers: this.corsHeaders() };
    this.placedAt(path, ...addEventIntegration(this, route, props));
  }

  private route(
    httpMethod: string,
    path: string,
    fn: NodeFunction,
    access?: Access,
  ): Omit<EventRoute, 'headers'> {
    const resourceId = this.tree.resourceId(path);
    const id = `${httpMethod}-${position(path)}`;
    if (this.node.tryFindChild(childId(`method-${id}`))) {
      throw new Error(
        `${this.node.path}: received the route ${httpMethod} ${path} a second time, for ${fn.node.path}; a method has one integration`,
      );
    }
    this.routes.push(`${httpMethod} ${path}`);
    const permission = fn.allowInvocationFrom(
      id,
      `${this.restApi.executionArn}/${this.stageName}/${httpMethod}${path.replace(/\{[^}]+\}/g, '*')}`,
    );
    movedFrom(permission, position(path), path.slice(1));
    this.deployment.calls(fn, permission);
    const place = { restApiId: this.restApi.id, resourceId };
    if (this.environment.cors && !this.node.tryFindChild(childId(`method-OPTIONS-${position(path)}`)))
      this.deployment.shapedBy(...addPreflight(this, position(path), place, this.environment.cors));
    return {
      id,
      ...place,
      httpMethod,
      invokeArn: fn.invokeArn,
      ...this.authorization(`${httpMethod} ${path}`, access),
    };
  }

  private corsHeaders(): Record<string, string> {
    return this.environment.cors ? corsHeaders(this.environment.cors) : {};
  }

  private authorization(route: string, access: Access = {}): MethodAuthorization {
    const authorization = authorizationOf(this, this.environment, this.apiName, route, access);
    if (authorization === 'apiKey' && !this.node.tryFindChild('usage-plan'))
      addUsagePlan(this, this.environment, this.environment.resourceName(this.apiName), this.stage.resource);
    return methodAuthorization(authorization, () => {
      const jwt = (this.jwt ??= this.makeJwtAuthorizer());
      jwt.require(route, access.scopes);
      return jwt.authorizer.id;
    });
  }

  private makeJwtAuthorizer(): JwtAuthorizer {
    const jwt = new JwtAuthorizer(this, this.environment, this.restApi, this.apiName);
    this.deployment.calls(jwt.fn, jwt.permission);
    this.deployment.shapedBy(jwt.authorizer);
    return jwt;
  }

  private placedAt(path: string, ...resources: TerraformResource[]): void {
    for (const resource of resources) movedFrom(resource, position(path), path.slice(1));
    this.deployment.shapedBy(...resources);
  }
}

/** Ids hold no slash. */
function childId(id: string): string {
  return id.replaceAll('/', '--');
}
