import { createHash } from 'node:crypto';
import { ApiGatewayDeployment } from '@cdktf/provider-aws/lib/api-gateway-deployment';
import { ApiGatewayIntegration } from '@cdktf/provider-aws/lib/api-gateway-integration';
import { ApiGatewayMethod } from '@cdktf/provider-aws/lib/api-gateway-method';
import { ApiGatewayMethodSettings } from '@cdktf/provider-aws/lib/api-gateway-method-settings';
import { ApiGatewayRestApi } from '@cdktf/provider-aws/lib/api-gateway-rest-api';
import { ApiGatewayStage } from '@cdktf/provider-aws/lib/api-gateway-stage';
import { DefaultTokenResolver, Lazy, StringConcat, Tokenization, type TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import type { Environment } from '../environment';
import type { NodeFunction } from './node-function';
import {
  addEventIntegration,
  type EventIntegrationProps,
  type EventRoute,
} from './rest-api/event-integration';
import { addGatewayResponses } from './rest-api/gateway-responses';
import { ResourceTree } from './rest-api/resource-tree';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-stages.html */
const STAGE_NAME = /^[\w-]{1,128}$/;

export interface RestApiProps {
  readonly environment: Environment;
  /** Name in the default environment. */
  readonly apiName: string;
  readonly stageName: string;
  /** What the gateway tells of a body that does not fit its method's model. Default: that it is invalid, no more. */
  readonly bodyExpected?: string;
}

/** An API Gateway REST API with one stage, deployed anew when, and only when, something that shapes it changes. */
export class RestApi extends Construct {
  /** The stage's URL, without a slash at its end. */
  readonly url: string;
  private readonly restApi: ApiGatewayRestApi;
  private readonly resources: ResourceTree;
  private readonly deployment: ApiGatewayDeployment;
  private readonly stageName: string;
  /** Everything that a deployment takes a snapshot of. */
  private readonly shape: TerraformResource[] = [];
  private readonly functionNames: string[] = [];

  /** @throws when the stage's name is none that API Gateway takes */
  constructor(scope: Construct, id: string, { environment, apiName, stageName, bodyExpected }: RestApiProps) {
    super(scope, id);
    if (!STAGE_NAME.test(stageName)) {
      throw new Error(
        `${this.node.path}: received the stage name "${stageName}"; API Gateway takes letters, digits, hyphens and underscores, at most 128`,
      );
    }
    this.stageName = stageName;
    this.restApi = new ApiGatewayRestApi(this, 'api', {
      name: environment.resourceName(apiName),
      endpointConfiguration: { types: ['REGIONAL'] },
    });
    this.deployment = new ApiGatewayDeployment(this, 'deployment', {
      restApiId: this.restApi.id,
      triggers: { shape: Lazy.stringValue({ produce: () => this.shapeHash() }) },
      lifecycle: { createBeforeDestroy: true },
    });
    this.shapedBy(this.restApi, ...addGatewayResponses(this, this.restApi.id, bodyExpected));
    this.resources = new ResourceTree(this, this.restApi, (resource) => this.shapedBy(resource));

    const stage = new ApiGatewayStage(this, 'stage', {
      restApiId: this.restApi.id,
      deploymentId: this.deployment.id,
      stageName,
      xrayTracingEnabled: true,
    });
    new ApiGatewayMethodSettings(this, 'settings', {
      restApiId: this.restApi.id,
      stageName: stage.stageName,
      methodPath: '*/*',
      settings: {
        throttlingRateLimit: environment.throttling.rateLimit,
        throttlingBurstLimit: environment.throttling.burstLimit,
      },
    });
    this.url = stage.invokeUrl;
    this.node.addValidation({
      validate: () =>
        this.functionNames.length > 0
          ? []
          : ['the API has no route; add one with addProxyRoute() or addEventRoute()'],
    });
  }

  /**
   * Sends a method of a path to a function as AWS's Lambda proxy integration does: the whole request as the event, the
   * whole response as its result.
   * @throws when the path is not one API Gateway takes, or the route is there already
   */
  addProxyRoute(httpMethod: string, path: string, fn: NodeFunction): void {
    const { id, restApiId, resourceId, invokeArn } = this.route(httpMethod, path, fn);
    const method = new ApiGatewayMethod(this, `method-${id}`, {
      restApiId,
      resourceId,
      httpMethod,
      authorization: 'NONE',
    });
    const integration = new ApiGatewayIntegration(this, `integration-${id}`, {
      restApiId,
      resourceId,
      httpMethod: method.httpMethod,
      type: 'AWS_PROXY',
      integrationHttpMethod: 'POST',
      uri: invokeArn,
    });
    this.shapedBy(method, integration);
  }

  /**
   * Sends the JSON body of a method of a path to a function as its event, and answers with its result.
   * @throws when the path is not one API Gateway takes, or the route is there already
   */
  addEventRoute(httpMethod: string, path: string, fn: NodeFunction, props: EventIntegrationProps): void {
    this.shapedBy(...addEventIntegration(this, this.route(httpMethod, path, fn), props));
  }

  private route(httpMethod: string, path: string, fn: NodeFunction): EventRoute {
    const resourceId = this.resources.resourceId(path);
    const id = `${httpMethod}-${path.slice(1)}`;
    if (this.node.tryFindChild(`method-${id}`)) {
      throw new Error(
        `${this.node.path}: received the route ${httpMethod} ${path} a second time, for ${fn.node.path}; a method has one integration`,
      );
    }
    this.functionNames.push(fn.plainName);
    fn.allowInvocationFrom(
      id,
      `${this.restApi.executionArn}/${this.stageName}/${httpMethod}${path.replace(/\{[^}]+\}/g, '*')}`,
    );
    return { id, restApiId: this.restApi.id, resourceId, httpMethod, invokeArn: fn.invokeArn };
  }

  private shapedBy(...resources: TerraformResource[]): void {
    this.shape.push(...resources);
    this.deployment.dependsOn = this.shape.map(
      ({ terraformResourceType, friendlyUniqueId }) => `${terraformResourceType}.${friendlyUniqueId}`,
    );
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
