/**
 * Makes the context object of each invocation in this execution environment.
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 */
export function contexts(invokedFunctionArn: string, timeoutMs: number): (awsRequestId: string) => object {
  const { env } = process;
  // Each variable is a call into the process: read once.
  const functionName = env.AWS_LAMBDA_FUNCTION_NAME;
  const functionVersion = env.AWS_LAMBDA_FUNCTION_VERSION;
  const memoryLimitInMB = env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE;
  const logGroupName = env.AWS_LAMBDA_LOG_GROUP_NAME;
  const logStreamName = env.AWS_LAMBDA_LOG_STREAM_NAME;
  return (awsRequestId) => {
    const deadline = Date.now() + timeoutMs;
    return {
      functionName,
      functionVersion,
      invokedFunctionArn,
      memoryLimitInMB,
      logGroupName,
      logStreamName,
      clientContext: undefined,
      identity: undefined,
      awsRequestId,
      getRemainingTimeInMillis: () => deadline - Date.now(),
    };
  };
}
