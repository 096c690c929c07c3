import type { GatewayDependencies } from '../../../../../packages/terraform-offline/api-gateway/gateway';
import type { Invocation, InvocationResult } from '../../../../../packages/terraform-offline/lambda/invoker';
import type { Gateway, HttpRequest } from '../../../../../packages/terraform-offline/server/request';
import type { LambdaAuthorizer } from '../../../../../packages/terraform-offline/terraform/model/authorizer';
import { echoFunction, functionArn, noCallers, success } from '../support';

const account = 'arn:aws:lambda:us-east-1:123456789012:function';

/** A function that answers what the test says; the `echo` of other tests is behind it. */
export const authorizer: LambdaAuthorizer = {
  kind: 'lambda',
  address: 'test: aws_api_gateway_authorizer.door',
  functionArn: `${account}:door`,
  sourceArn: 'arn:aws:execute-api:us-east-1:123456789012:gy415nuibc/authorizers/abc123',
  role: undefined,
  event: 'TOKEN',
  identitySources: [{ from: 'header', name: 'Authorization' }],
  validation: undefined,
  simpleResponses: false,
  ttlSeconds: 0,
};

/** What a function answers with that lets everyone call a resource. */
export function policy(effect: 'Allow' | 'Deny', resource: string | readonly string[] = '*', more = {}) {
  const Statement = [{ Action: 'execute-api:Invoke', Effect: effect, Resource: resource }];
  return { principalId: 'ann', policyDocument: { Version: '2012-10-17', Statement }, ...more };
}

/** A gateway over both functions. */
export function door(
  gateway: (dependencies: GatewayDependencies) => Gateway,
  answer: (event: Record<string, unknown>) => InvocationResult,
  sourceArns: readonly (string | undefined)[] = [authorizer.sourceArn],
) {
  const clock = { now: 0 };
  /** What the door was asked, and what the integration got. */
  const asked: Record<string, unknown>[] = [];
  const events: Record<string, unknown>[] = [];
  const log: string[] = [];
  const fns = [echoFunction(), { ...echoFunction(sourceArns), name: 'door', arn: authorizer.functionArn }];
  const invoke = ({ functionArn: arn, payload }: Invocation) => {
    const event = JSON.parse(payload) as Record<string, unknown>;
    (arn === functionArn ? events : asked).push(event);
    return Promise.resolve(arn === functionArn ? success({ statusCode: 200 }) : answer(event));
  };
  const answers = gateway({
    ...noCallers(),
    invoke,
    invokeAsync: () => undefined,
    functionByArn: (arn) => fns.find((fn) => fn.arn === arn),
    log: (line) => log.push(line),
    now: () => clock.now,
  });
  const send = async (request: HttpRequest) => {
    const response = await answers(request);
    const type = response.headers.find(([name]) => name === 'x-amzn-ErrorType')?.[1];
    return { status: response.status, body: response.body, type };
  };
  return { clock, asked, events, log, send };
}
