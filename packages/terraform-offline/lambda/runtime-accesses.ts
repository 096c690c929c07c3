import type { RoleAccess } from '../iam/access-analyzer';
import { ACCOUNT, parseArn } from '../iam/arn';
import { requestKeys } from '../iam/request-keys';
import type { LambdaFunction } from '../terraform/model/function';

/**
 * What Lambda does as a function's role when it runs it: it delivers logs and traces. Without the right to it, a function runs
 * on AWS too, and its logs are missing.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-intro-execution-role.html
 */
export function runtimeAccesses(fn: LambdaFunction): readonly RoleAccess[] {
  const accesses = known.get(fn) ?? accessesOf(fn);
  known.set(fn, accesses);
  return accesses;
}

/** The same for every event. */
const known = new WeakMap<LambdaFunction, readonly RoleAccess[]>();

function accessesOf(fn: LambdaFunction): readonly RoleAccess[] {
  const { region } = parseArn(fn.arn);
  const keys = requestKeys({ region });
  const group = `arn:aws:logs:${region}:${ACCOUNT}:log-group:${fn.logGroup}`;
  const stream = `${group}:log-stream:local`;
  return [
    ...(fn.hasLogGroup ? [] : [{ action: 'logs:CreateLogGroup', resource: group, keys }]),
    { action: 'logs:CreateLogStream', resource: stream, keys },
    { action: 'logs:PutLogEvents', resource: stream, keys },
    ...(fn.isTraced
      ? ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'].map((action) => ({
          action,
          resource: '*',
          keys,
        }))
      : []),
  ];
}
