import { DescribeLogGroupsCommand, type LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import { aws } from '../aws';

/** The log group of a function; none when it is gone. */
export async function logGroup(functionName: string): Promise<LogGroup | undefined> {
  const logGroupNamePrefix = `/aws/lambda/${functionName}`;
  const { logGroups = [] } = await aws.logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix }));
  return logGroups.find(({ logGroupName }) => logGroupName === logGroupNamePrefix);
}
