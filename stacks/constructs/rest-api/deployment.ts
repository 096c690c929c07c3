import { createHash } from 'node:crypto';
import { ApiGatewayDeployment } from '@cdktf/provider-aws/lib/api-gateway-deployment';
import type { ApiGatewayRestApi } from '@cdktf/provider-aws/lib/api-gateway-rest-api';
import type { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import { DefaultTokenResolver, Lazy, StringConcat, Tokenization, type TerraformResource } from 'cdktf';
import type { Construct } from 'constructs';
import type { NodeFunction } from '../node-function';

/** The deployment of a REST API: made anew when, and only when, something that shapes the API changes. */
export class Deployment {
  readonly id: string;
  private readonly deployment: ApiGatewayDeployment;
  /** Everything that a deployment takes a snapshot of. */
  private readonly shape: TerraformResource[] = [];
  private readonly permissions: LambdaPermission[] = [];
  private readonly functionNames: string[] = [];

  constructor(
    private readonly scope: Construct,
    restApi: ApiGatewayRestApi,
  ) {
    this.deployment = new ApiGatewayDeployment(scope, 'deployment', {
      restApiId: restApi.id,
      triggers: { shape: Lazy.stringValue({ produce: () => this.shapeHash() }) },
      lifecycle: { createBeforeDestroy: true },
    });
    this.id = this.deployment.id;
    this.shapedBy(restApi);
  }

  /** Takes resources into the snapshot. Routes may share one, such as a model. */
  shapedBy(...resources: readonly TerraformResource[]): void {
    this.shape.push(...resources.filter((resource) => !this.shape.includes(resource)));
    this.wait();
  }

  /** No route is live before its function may be called. */
  calls(fn: Pick<NodeFunction, 'plainName'>, permission: LambdaPermission): void {
    this.functionNames.push(fn.plainName);
    this.permissions.push(permission);
    this.wait();
  }

  private wait(): void {
    this.deployment.dependsOn = [...this.shape, ...this.permissions].map(
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
      scope: this.scope,
      resolver: new DefaultTokenResolver(new StringConcat()),
    });
    return createHash('sha256').update(JSON.stringify(resolved)).digest('hex');
  }
}
