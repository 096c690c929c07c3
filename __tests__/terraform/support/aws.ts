import { APIGatewayClient } from '@aws-sdk/client-api-gateway';
import { ApiGatewayV2Client } from '@aws-sdk/client-apigatewayv2';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { IAMClient } from '@aws-sdk/client-iam';
import { LambdaClient } from '@aws-sdk/client-lambda';

/** Clients of the account the stacks are applied to: `AWS_ENDPOINT_URL` says where. */
export const aws = {
  apiGateway: new APIGatewayClient(),
  apiGatewayV2: new ApiGatewayV2Client(),
  dynamodb: new DynamoDBClient(),
  iam: new IAMClient(),
  lambda: new LambdaClient(),
  logs: new CloudWatchLogsClient(),
};

/** Whether AWS says that what was asked for is not there. */
export async function isGone(request: Promise<unknown>): Promise<boolean> {
  try {
    await request;
    return false;
  } catch (error) {
    if (error instanceof Error && /NotFound|NoSuchEntity/.test(error.name)) return true;
    throw error;
  }
}
