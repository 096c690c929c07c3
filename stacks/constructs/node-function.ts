import {
  CloudwatchLogGroup,
  type CloudwatchLogGroupConfig,
} from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { IamRole, type IamRoleConfig } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { LambdaAlias, type LambdaAliasConfig } from '@cdktf/provider-aws/lib/lambda-alias';
import { LambdaFunction, type LambdaFunctionConfig } from '@cdktf/provider-aws/lib/lambda-function';
import { LambdaFunctionEventInvokeConfig } from '@cdktf/provider-aws/lib/lambda-function-event-invoke-config';
import { LambdaPermission } from '@cdktf/provider-aws/lib/lambda-permission';
import { Lazy, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import type { Environment } from '../environment';
import { ofSystem } from './access';
import { accountId } from './account-id';
import type { Metric } from './metric';
import { bundleArchive } from './bundle-archive';
import type { LambdaLayer } from './lambda-layer';
import { policyDocument, type Statement } from './policy-document';
import { transformed, type Transform } from './transform';

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
  /** How often Lambda repeats an asynchronous invocation that failed: 0 to 2. Default: Lambda's own, 2. */
  readonly asynchronousRetries?: number;
  /** Default: everything is made as it is. */
  readonly transform?: Transform<{
    readonly logs: CloudwatchLogGroupConfig;
    readonly role: IamRoleConfig;
    readonly function: LambdaFunctionConfig;
    readonly alias: LambdaAliasConfig;
  }>;
}

/** What callers name: the alias that moves to a new version when code, layers and configuration are all there. */
const LIVE = 'live';

/**
 * A Lambda function on Node.js with what belongs to it alone: its zip, its log group, a role that allows what the function
 * declares it does and nothing else, and the alias `live` on the version that was published last.
 */
export class NodeFunction extends Construct {
  /** The function's name, by reference: whoever uses it waits for the function. */
  readonly name: string;
  /** The function's name as plain text, for what is hashed at synth. */
  readonly plainName: string;
  /** Of the alias. */
  readonly invokeArn: string;
  readonly resources: {
    readonly logs: CloudwatchLogGroup;
    readonly role: IamRole;
    readonly function: LambdaFunction;
    readonly alias: LambdaAlias;
  };
  private readonly variables: Record<string, string>;
  private readonly alias: string;
  private readonly statements: Statement[] = [];

  /** @throws when the bundle is missing, or a name or number is outside what Lambda and IAM take */
  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    super(scope, id);
    const {
      environment,
      timeoutSeconds = 10,
      memoryMb = 512,
      variables,
      layers,
      asynchronousRetries,
      transform,
    } = props;
    const system = TerraformStack.of(this).node.id;
    this.assertBetween('timeoutSeconds', timeoutSeconds, 1, 900);
    this.assertBetween('memoryMb', memoryMb, 128, 10_240);
    this.plainName = environment.resourceName(props.functionName);
    const roleName = environment.globalName(props.roleName ?? `${props.functionName}-role`);
    this.assertShort('function', this.plainName);
    this.assertShort('role', roleName);

    const logGroup = new CloudwatchLogGroup(
      this,
      'logs',
      transformed(transform, 'logs', {
        name: `/aws/lambda/${this.plainName}`,
        retentionInDays: environment.logRetentionInDays,
        kmsKeyId: environment.kmsKeyArn,
      }),
    );
    const role = new IamRole(
      this,
      'role',
      transformed(transform, 'role', {
        name: roleName,
        assumeRolePolicy: policyDocument([
          { actions: ['sts:AssumeRole'], principal: { Service: 'lambda.amazonaws.com' } },
        ]),
      }),
    );
    const policy = new IamRolePolicy(this, 'policy', {
      name: this.plainName,
      role: role.name,
      policy: Lazy.stringValue({ produce: () => policyDocument(this.statements) }),
    });
    this.allow(['logs:CreateLogStream', 'logs:PutLogEvents'], `${logGroup.arn}:*`);
    // X-Ray has no resources to name.
    this.allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*');
    // https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
    if (environment.kmsKeyArn !== undefined) this.allow(['kms:Decrypt'], environment.kmsKeyArn);

    const archive = bundleArchive(this, `functions/${props.bundle}`, this.plainName);
    const fn = new LambdaFunction(
      this,
      'function',
      transformed(transform, 'function', {
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
        kmsKeyArn: environment.kmsKeyArn,
        reservedConcurrentExecutions: ofSystem(environment.reservedConcurrency, system)?.[props.functionName],
        loggingConfig: {
          logFormat: 'JSON',
          logGroup: logGroup.name,
          // Lambda's defaults, said: left out, they are a difference in every plan of a function that publishes versions.
          applicationLogLevel: 'INFO',
          systemLogLevel: 'INFO',
        },
        tracingConfig: { mode: 'Active' },
        publish: true,
        // Or the first requests would run without their rights.
        dependsOn: [policy],
      }),
    );
    const alias = new LambdaAlias(
      this,
      'live',
      transformed(transform, 'alias', {
        functionName: fn.functionName,
        name: LIVE,
        functionVersion: fn.version,
      }),
    );
    this.resources = { logs: logGroup, role, function: fn, alias };
    this.variables = { ...variables };
    this.name = fn.functionName;
    this.alias = alias.name;
    this.invokeArn = alias.invokeArn;
    if (asynchronousRetries !== undefined) {
      this.assertBetween('asynchronousRetries', asynchronousRetries, 0, 2);
      this.retryAsynchronously('live-retries', alias.name, asynchronousRetries);
      this.retryAsynchronously('latest-retries', '$LATEST', asynchronousRetries);
    }
  }

  /** Adds a statement to the function's role. */
  allow(actions: readonly string[], resource: string, condition?: Statement['condition']): void {
    this.statements.push({ actions, resource, ...(condition && { condition }) });
  }

  /** Sets an environment variable. */
  setVariable(name: string, value: string): void {
    this.variables[name] = value;
    this.resources.function.putEnvironment({ variables: this.variables });
  }

  /** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
  metric(metricName: string): Metric {
    return { namespace: 'AWS/Lambda', metricName, dimensions: { FunctionName: this.name } };
  }

  /** Lets API Gateway call the alias from exactly this method, stage and path: `sourceArn` names them. */
  allowInvocationFrom(id: string, sourceArn: string): LambdaPermission {
    return new LambdaPermission(this, `permission-${id}`, {
      functionName: this.name,
      qualifier: this.alias,
      action: 'lambda:InvokeFunction',
      principal: 'apigateway.amazonaws.com',
      sourceArn,
      sourceAccount: accountId(this),
      // Every attribute replaces it, and the route that it is for goes on being called.
      lifecycle: { createBeforeDestroy: true },
    });
  }

  /** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html */
  private retryAsynchronously(id: string, qualifier: string, maximumRetryAttempts: number): void {
    new LambdaFunctionEventInvokeConfig(this, id, {
      functionName: this.name,
      qualifier,
      maximumRetryAttempts,
    });
  }

  /** https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html, https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
  private assertShort(what: string, name: string): void {
    if (name.length > 64)
      throw new Error(
        `${this.node.path}: the ${what} would be called ${name}; AWS takes at most 64 characters, so shorten its name, or the environment's name or prefix`,
      );
  }

  private assertBetween(setting: string, value: number, low: number, high: number): void {
    if (!Number.isInteger(value) || value < low || value > high) {
      throw new Error(
        `${this.node.path}: ${setting} is ${value}; Lambda takes a whole number from ${low} to ${high}`,
      );
    }
  }
}
