import { createHash } from 'node:crypto';
import { ApiGatewayDeployment } from '@cdktf/provider-aws/lib/api-gateway-deployment';
import { ApiGatewayIntegration } from '@cdktf/provider-aws/lib/api-gateway-integration';
import { ApiGatewayMethod } from '@cdktf/provider-aws/lib/api-gateway-method';
import { ApiGatewayMethodSettings } from '@cdktf/provider-aws/lib/api-gateway-method-settings';
import {
  ApiGatewayRestApi,
  type ApiGatewayRestApiConfig,
} from '@cdktf/provider-aws/lib/api-gateway-rest-api';
import { ApiGatewayStage, type ApiGatewayStageConfig } from '@cdktf/provider-aws/lib/api-gateway-stage';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { CloudwatchLogMetricFilter } from '@cdktf/provider-aws/lib/cloudwatch-log-metric-filter';
import { DefaultTokenResolver, Lazy, StringConcat, Tokenization, type TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import type { Access } from '../../functions/shared/contract';
import type { Environment } from '../environment';
import { authorizationOf } from './access';
import { accessLog, REST_API_LINE } from './access-log';
import type { ApiMetrics, Metric } from './alarms';
import { corsHeaders } from './cors';
import { addCustomDomain } from './custom-domain';
import { movedFrom } from './former-address';
import type { NodeFunction } from './node-function';
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
import { addUsagePlan } from './rest-api/usage-plan';
import { transformed, type Transform } from './transform';
import { requireRoutes, routeLimits } from './route-throttling';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-stages.html */
const STAGE_NAME = /^[\w-]{1,128}$/;

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
  private readonly environment: Environment;
  private readonly apiName: string;
  private readonly restApi: ApiGatewayRestApi;
  private readonly tree: ResourceTree;
  private readonly deployment: ApiGatewayDeployment;
  private readonly stageName: string;
  private readonly stage: ApiGatewayStage;
  private readonly accessLog: CloudwatchLogGroup | undefined;
  /** Everything that a deployment takes a snapshot of. */
  private readonly shape: TerraformResource[] = [];
  private readonly permissions: TerraformResource[] = [];
  private jwt: JwtAuthorizer | undefined;
  private readonly functionNames: string[] = [];
  /** Such as `POST /data`. */
  private readonly routes: string[] = [];

  /** @throws when the stage's name is none that API Gateway takes */
  constructor(scope: Construct, id: string, props: RestApiProps) {
    super(scope, id);
    const { environment, apiName, stageName, bodyExpected, transform } = props;
    if (!STAGE_NAME.test(stageName)) {
      throw new Error(
        `${this.node.path}: received the stage name "${stageName}"; API Gateway takes letters, digits, hyphens and underscores, at most 128`,
      );
    }
    this.environment = environment;
    this.apiName = apiName;
    this.stageName = stageName;
    const name = environment.resourceName(apiName);
    this.restApi = new ApiGatewayRestApi(
      this,
      'api',
      transformed(transform, 'api', {
        name,
        endpointConfiguration: { types: ['REGIONAL'] },
        ...(environment.domain && { disableExecuteApiEndpoint: true }),
      }),
    );
    this.deployment = new ApiGatewayDeployment(this, 'deployment', {
      restApiId: this.restApi.id,
      triggers: { shape: Lazy.stringValue({ produce: () => this.shapeHash() }) },
      lifecycle: { createBeforeDestroy: true },
    });
    this.shapedBy(
      this.restApi,
      ...addGatewayResponses(this, this.restApi.id, this.corsHeaders(), bodyExpected),
    );
    this.tree = new ResourceTree(this, this.restApi, (resource) => this.shapedBy(resource));

    this.accessLog = environment.restApiLogs ? accessLog(this, name, environment) : undefined;
    this.stage = new ApiGatewayStage(
      this,
      'stage',
      transformed(transform, 'stage', {
        restApiId: this.restApi.id,
        deploymentId: this.deployment.id,
        stageName,
        xrayTracingEnabled: true,
        ...(this.accessLog && {
          accessLogSettings: {
            destinationArn: this.accessLog.arn,
            format: REST_API_LINE,
          },
          // Or API Gateway would make the group itself, which keeps everything for ever.
          dependsOn: [this.executionLog(environment)],
        }),
      }),
    );
    this.resources = { api: this.restApi, stage: this.stage };
    this.limit('settings', '*/*', environment.throttling);
    const limits = routeLimits(environment, apiName);
    for (const { method, path, routeKey, ...limit } of limits)
      this.limit(`settings-${routeKey}`, `${path.replaceAll('/', '~1')}/${method}`, limit);
    requireRoutes(this, limits, () => this.routes);
    this.url = environment.domain
      ? addCustomDomain(this, environment.domain, apiName, {
          apiId: this.restApi.id,
          stage: this.stage.stageName,
        })
      : this.stage.invokeUrl;
    this.node.addValidation({
      validate: () =>
        this.functionNames.length > 0
          ? []
          : ['the API has no route; add one with addProxyRoute() or addEventRoute()'],
    });
  }

  /** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html */
  get metrics(): ApiMetrics {
    const metric = (metricName: string): Metric => ({
      namespace: 'AWS/ApiGateway',
      metricName,
      dimensions: { ApiName: this.restApi.name, Stage: this.stage.stageName },
    });
    return { requests: metric('Count'), serverErrors: metric('5XXError'), latency: metric('Latency') };
  }

  /**
   * Counts the answers of a status in the access log.
   * @throws when the environment has none
   */
  countAnswers(status: number): Metric {
    if (!this.accessLog) {
      throw new Error(
        `${this.node.path}: the answers of status ${status} are counted in the access log; set restApiLogs for the environment ${this.environment.name} in stacks/environment.ts, or alarms to false`,
      );
    }
    const name = this.environment.resourceName(this.apiName);
    const metric = { namespace: `${name}-answers`, metricName: String(status) };
    new CloudwatchLogMetricFilter(this, `answers-${status}`, {
      name: `${name}-${status}`,
      logGroupName: this.accessLog.name,
      pattern: `{ $.status = "${status}" }`,
      metricTransformation: { namespace: metric.namespace, name: metric.metricName, value: '1' },
    });
    return metric;
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
    this.functionNames.push(fn.plainName);
    this.routes.push(`${httpMethod} ${path}`);
    const permission = fn.allowInvocationFrom(
      id,
      `${this.restApi.executionArn}/${this.stageName}/${httpMethod}${path.replace(/\{[^}]+\}/g, '*')}`,
    );
    movedFrom(permission, position(path), path.slice(1));
    this.permissions.push(permission);
    const place = { restApiId: this.restApi.id, resourceId };
    if (this.environment.cors && !this.node.tryFindChild(childId(`method-OPTIONS-${position(path)}`)))
      this.shapedBy(...addPreflight(this, position(path), place, this.environment.cors));
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

  /** @param methodPath of one method, or of all: these settings of the stage are whole, none comes from another path */
  private limit(id: string, methodPath: string, { rateLimit, burstLimit }: Environment['throttling']): void {
    new ApiGatewayMethodSettings(this, id, {
      restApiId: this.restApi.id,
      stageName: this.stage.stageName,
      methodPath,
      settings: {
        throttlingRateLimit: rateLimit,
        throttlingBurstLimit: burstLimit,
        // Said in any case: left out, the level stays what it was.
        loggingLevel: this.environment.restApiLogs ? 'ERROR' : 'OFF',
        // Bodies and headers are nobody's business.
        dataTraceEnabled: false,
      },
    });
  }

  private authorization(route: string, access: Access = {}): MethodAuthorization {
    const authorization = authorizationOf(this, this.environment, this.apiName, route, access);
    if (authorization === 'apiKey' && !this.node.tryFindChild('usage-plan'))
      addUsagePlan(this, this.environment, this.environment.resourceName(this.apiName), this.stage);
    return methodAuthorization(authorization, () => {
      const jwt = (this.jwt ??= this.makeJwtAuthorizer());
      jwt.require(route, access.scopes);
      return jwt.authorizer.id;
    });
  }

  private makeJwtAuthorizer(): JwtAuthorizer {
    const jwt = new JwtAuthorizer(this, this.environment, this.restApi, this.apiName);
    this.permissions.push(jwt.permission);
    this.shapedBy(jwt.authorizer);
    return jwt;
  }

  private placedAt(path: string, ...resources: TerraformResource[]): void {
    for (const resource of resources) movedFrom(resource, position(path), path.slice(1));
    this.shapedBy(...resources);
  }

  private shapedBy(...resources: TerraformResource[]): void {
    // Routes may share a model.
    this.shape.push(...resources.filter((resource) => !this.shape.includes(resource)));
    // With the permissions: no route is live before it may be called.
    this.deployment.dependsOn = [...this.shape, ...this.permissions].map(
      ({ terraformResourceType, friendlyUniqueId }) => `${terraformResourceType}.${friendlyUniqueId}`,
    );
  }

  /**
   * The group that API Gateway writes the gateway's own errors to, by the name it looks for.
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-execution-logging.html
   */
  private executionLog(environment: Environment): CloudwatchLogGroup {
    return new CloudwatchLogGroup(this, 'execution-log', {
      name: `API-Gateway-Execution-Logs_${this.restApi.id}/${this.stageName}`,
      retentionInDays: environment.logRetentionInDays,
      kmsKeyId: environment.kmsKeyArn,
    });
  }

  /**
   * From the configuration, not the resources' attributes: the provider fills in computed ones after the first apply,
   * and the second plan would deploy again. Function names count because integrations hold them by reference only.
   */
  private shapeHash(): string {
    const configuration = this.shape.map((resource) => resource.toTerraform() as unknown);
    const resolved: unknown = Tokenization.resolve([configuration, this.functionNames], {
      scope: this,
      resolver: new DefaultTokenResolver(new StringConcat()),
    });
    return createHash('sha256').update(JSON.stringify(resolved)).digest('hex');
  }
}

/** Ids hold no slash. */
function childId(id: string): string {
  return id.replaceAll('/', '--');
}
