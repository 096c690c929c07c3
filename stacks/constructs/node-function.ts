import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import { Lazy } from 'cdktf';
import { Construct } from 'constructs';
import type { Environment } from '../environment';
import { bundleArchive } from './bundle-archive';
import type { LambdaLayer } from './lambda-layer';
import { policyDocument, type Statement } from './policy-document';

export interface NodeFunctionProps {
  readonly environment: Environment;
  /** Name in the default environment. */
  readonly functionName: string;
  /** The bundle's folder under `build/functions`, such as `data-api/store-data`. */
  readonly bundle: string;
  /** The role's name in the default environment. Default: `<functionName>-role`. */
  readonly roleName?: string;
  /** The function's environment variables. Default: none. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Unpacked to `/opt` in this order. Default: none. */
  readonly layers?: readonly LambdaLayer[];
  /** Default: 10. */
  readonly timeoutSeconds?: number;
  /** CPU grows with it. Default: 512. */
  readonly memoryMb?: number;
}

/**
 * A Lambda function on Node.js with what belongs to it alone: its zip, its log group and a role that allows what the
 * function declares it does, and nothing else.
 */
export class NodeFunction extends Construct {
  /** The function's name, by reference: whoever uses it waits for the function. */
  readonly name: string;
  /** The function's name as plain text, for what is hashed at synth. */
  readonly plainName: string;
  readonly invokeArn: string;
  private readonly statements: Statement[] = [];

  /** @throws when the bundle is missing, or the timeout or memory is outside what Lambda takes */
  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    super(scope, id);
    const { environment, timeoutSeconds = 10, memoryMb = 512, variables, layers } = props;
    this.assertBetween('timeoutSeconds', timeoutSeconds, 1, 900);
    this.assertBetween('memoryMb', memoryMb, 128, 10_240);
    this.plainName = environment.resourceName(props.functionName);

    const logGroup = new CloudwatchLogGroup(this, 'logs', {
      name: `/aws/lambda/${this.plainName}`,
      retentionInDays: environment.logRetentionInDays,
    });
    const role = new IamRole(this, 'role', {
      name: environment.resourceName(props.roleName ?? `${props.functionName}-role`),
      assumeRolePolicy: policyDocument([
        { actions: ['sts:AssumeRole'], principal: { Service: 'lambda.amazonaws.com' } },
      ]),
    });
    const policy = new IamRolePolicy(this, 'policy', {
      name: this.plainName,
      role: role.name,
      policy: Lazy.stringValue({ produce: () => policyDocument(this.statements) }),
    });
    this.allow(['logs:CreateLogStream', 'logs:PutLogEvents'], `${logGroup.arn}:*`);
    // X-Ray has no resources to name.
    this.allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*');

    const archive = bundleArchive(this, `functions/${props.bundle}`, this.plainName);
    const fn = new LambdaFunction(this, 'function', {
      functionName: this.plainName,
      role: role.arn,
      runtime: environment.runtime,
      architectures: ['arm64'],
      handler: 'index.handler',
      filename: archive.outputPath,
      sourceCodeHash: archive.outputBase64Sha256,
      layers: layers?.map(({ arn }) => arn),
      timeout: timeoutSeconds,
      memorySize: memoryMb,
      environment: variables && { variables },
      loggingConfig: { logFormat: 'JSON', logGroup: logGroup.name },
      tracingConfig: { mode: 'Active' },
      // Or the first requests would run without their rights.
      dependsOn: [policy],
    });
    this.name = fn.functionName;
    this.invokeArn = fn.invokeArn;
  }

  /** Adds a statement to the function's role. */
  allow(actions: readonly string[], resource: string): void {
    this.statements.push({ actions, resource });
  }

  /** Lets API Gateway call the function from exactly this method, stage and path: `sourceArn` names them. */
  allowInvocationFrom(id: string, sourceArn: string): void {
    new LambdaPermission(this, `permission-${id}`, {
      functionName: this.name,
      action: 'lambda:InvokeFunction',
      principal: 'apigateway.amazonaws.com',
      sourceArn,
    });
  }

  private assertBetween(setting: string, value: number, low: number, high: number): void {
    if (!Number.isInteger(value) || value < low || value > high) {
      throw new Error(
        `${this.node.path}: ${setting} is ${value}; Lambda takes a whole number from ${low} to ${high}`,
      );
    }
  }
}
