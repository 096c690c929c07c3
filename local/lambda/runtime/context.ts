import type { InvokeMessage } from '../messages';

/**
 * Makes the context object of each invocation in this execution environment.
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 */
export function contexts(): (message: InvokeMessage) => object {
  const { env } = process;
  const shared = {
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: undefined,
    identity: undefined,
  };
  return ({ requestId, functionArn, deadline }) => ({
    ...shared,
    awsRequestId: requestId,
    invokedFunctionArn: functionArn,
    getRemainingTimeInMillis: () => deadline - Date.now(),
  });
}
