import { ApiGatewayMethodSettings } from '@cdktf/provider-aws/lib/api-gateway-method-settings';
import type { ApiGatewayRestApi } from '@cdktf/provider-aws/lib/api-gateway-rest-api';
import { ApiGatewayStage, type ApiGatewayStageConfig } from '@cdktf/provider-aws/lib/api-gateway-stage';
import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { CloudwatchLogMetricFilter } from '@cdktf/provider-aws/lib/cloudwatch-log-metric-filter';
import type { Construct } from 'constructs';
import type { Environment } from '../../environment';
import { accessLog, REST_API_LINE } from '../access-log';
import type { ApiMetrics, Metric } from '../metric';
import { addCustomDomain } from '../custom-domain';
import type { RouteLimits } from '../route-throttling';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-stages.html */
const STAGE_NAME = /^[\w-]{1,128}$/;

export interface StageProps {
  readonly environment: Environment;
  /** Of the API, in the default environment. */
  readonly apiName: string;
  readonly restApi: ApiGatewayRestApi;
  readonly deploymentId: string;
  readonly stageName: string;
  /** Of single routes. */
  readonly limits: readonly RouteLimits[];
  /** Changes the stage before it is made. */
  readonly transform: (config: ApiGatewayStageConfig) => ApiGatewayStageConfig;
}

/** A stage of a REST API with its logs, its limits and, where the environment has one, its domain name. */
export class Stage {
  readonly resource: ApiGatewayStage;
  /** Without a slash at its end. */
  readonly url: string;
  private readonly accessLog: CloudwatchLogGroup | undefined;

  /** @throws when the name is none that API Gateway takes */
  constructor(
    private readonly scope: Construct,
    private readonly props: StageProps,
  ) {
    const { environment, apiName, restApi, deploymentId, stageName, limits, transform } = props;
    if (!STAGE_NAME.test(stageName)) {
      throw new Error(
        `${scope.node.path}: received the stage name "${stageName}"; API Gateway takes letters, digits, hyphens and underscores, at most 128`,
      );
    }
    const name = environment.resourceName(apiName);
    this.accessLog = environment.restApiLogs ? accessLog(scope, name, environment) : undefined;
    const config: ApiGatewayStageConfig = {
      restApiId: restApi.id,
      deploymentId,
      stageName,
      xrayTracingEnabled: true,
      ...(this.accessLog && {
        accessLogSettings: { destinationArn: this.accessLog.arn, format: REST_API_LINE },
        // Or API Gateway would make the group itself, which keeps everything for ever.
        dependsOn: [this.executionLog()],
      }),
    };
    this.resource = new ApiGatewayStage(scope, 'stage', transform(config));
    this.limit('settings', '*/*', environment.throttling);
    for (const { method, path, routeKey, ...limit } of limits)
      this.limit(`settings-${routeKey}`, `${path.replaceAll('/', '~1')}/${method}`, limit);
    const mapped = { apiId: restApi.id, stage: this.resource.stageName };
    this.url = environment.domain
      ? addCustomDomain(scope, environment.domain, apiName, mapped)
      : this.resource.invokeUrl;
  }

  /** https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-metrics-and-dimensions.html */
  get metrics(): ApiMetrics {
    const metric = (metricName: string): Metric => ({
      namespace: 'AWS/ApiGateway',
      metricName,
      dimensions: { ApiName: this.props.restApi.name, Stage: this.resource.stageName },
    });
    return { requests: metric('Count'), serverErrors: metric('5XXError'), latency: metric('Latency') };
  }

  /**
   * Counts the answers of a status in the access log.
   * @throws when the environment has none
   */
  countAnswers(status: number): Metric {
    const { environment, apiName } = this.props;
    if (!this.accessLog) {
      throw new Error(
        `${this.scope.node.path}: the answers of status ${status} are counted in the access log; set restApiLogs for the environment ${environment.name} in stacks/environment.ts, or alarms to false`,
      );
    }
    const name = environment.resourceName(apiName);
    const metric = { namespace: `${name}-answers`, metricName: String(status) };
    new CloudwatchLogMetricFilter(this.scope, `answers-${status}`, {
      name: `${name}-${status}`,
      logGroupName: this.accessLog.name,
      pattern: `{ $.status = "${status}" }`,
      metricTransformation: { namespace: metric.namespace, name: metric.metricName, value: '1' },
    });
    return metric;
  }

  /** @param methodPath of one method, or of all: these settings are whole, none comes from another path */
  private limit(id: string, methodPath: string, { rateLimit, burstLimit }: Environment['throttling']): void {
    new ApiGatewayMethodSettings(this.scope, id, {
      restApiId: this.props.restApi.id,
      stageName: this.resource.stageName,
      methodPath,
      settings: {
        throttlingRateLimit: rateLimit,
        throttlingBurstLimit: burstLimit,
        // Said in any case: left out, the level stays what it was.
        loggingLevel: this.props.environment.restApiLogs ? 'ERROR' : 'OFF',
        // Bodies and headers are nobody's business.
        dataTraceEnabled: false,
      },
    });
  }

  /**
   * The group that API Gateway writes the gateway's own errors to, by the name it looks for.
   * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-execution-logging.html
   */
  private executionLog(): CloudwatchLogGroup {
    const { environment, restApi, stageName } = this.props;
    return new CloudwatchLogGroup(this.scope, 'execution-log', {
      name: `API-Gateway-Execution-Logs_${restApi.id}/${stageName}`,
      retentionInDays: environment.logRetentionInDays,
      kmsKeyId: environment.kmsKeyArn,
    });
  }
}
