import { apiGateway } from './api-gateway';
import { apiGatewayV2 } from './api-gateway-v2';
import { cognito } from './cognito';
import { configuration } from './configuration';
import type { Coverage } from './coverage';
import { domains } from './domains';
import { dynamodb } from './dynamodb';
import { events } from './events';
import { iam } from './iam';
import { lambda } from './lambda';
import { monitoring } from './monitoring';
import { s3 } from './s3';

/** By service, in the order in which the README has them. */
export const SERVICES: Readonly<Record<string, Coverage>> = {
  'API Gateway: REST APIs': apiGateway,
  'API Gateway: HTTP APIs': apiGatewayV2,
  'Certificates and DNS': domains,
  Cognito: cognito,
  Lambda: lambda,
  DynamoDB: dynamodb,
  IAM: iam,
  EventBridge: events,
  'S3, for the code of functions': s3,
  'Logs, alarms, budgets': monitoring,
  'Data sources and archives': configuration,
};

/** By resource type; that of a data source begins with `data.`. */
export const TABLE: Coverage = Object.assign({}, ...Object.values(SERVICES)) as Coverage;
