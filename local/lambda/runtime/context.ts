/**
 * Makes the context object of each invocation in this execution environment.
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 */
export function contexts(invokedFunctionArn: string, timeoutMs: number): (awsRequestId: string) => object {
  const { env } = process;
  const shared = {
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    invokedFunctionArn,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: undefined,
    identity: undefined,
  };
  return (awsRequestId) => {
    const deadline = Date.now() + timeoutMs;
    return { ...shared, awsRequestId, getRemainingTimeInMillis: () => deadline - Date.now() };
  };
}
