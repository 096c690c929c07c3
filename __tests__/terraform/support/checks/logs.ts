import { DescribeLogGroupsCommand, type LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import { aws } from '../aws';

/** Names of the log groups of an API's requests. */
export async function accessLogGroups(apiName: string): Promise<string[]> {
  const logGroupNamePrefix = `/aws/vendedlogs/apigateway/${apiName}`;
  const { logGroups = [] } = await aws.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix }));
  return logGroups.map(({ logGroupName = '' }) => logGroupName).filter((name) => name === logGroupNamePrefix);
}

/** The log group of a function; none when it is gone. */
export async function logGroup(functionName: string): Promise<LogGroup | undefined> {
  const logGroupNamePrefix = `/aws/lambda/${functionName}`;
  const { logGroups = [] } = await aws.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix }));
  return logGroups.find(({ logGroupName }) => logGroupName === logGroupNamePrefix);
}
