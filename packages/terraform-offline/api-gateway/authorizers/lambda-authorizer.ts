import { parseArn } from '../../iam/arn';
import { compilePolicy, type CompiledStatement, evaluate, type Request } from '../../iam/evaluate';
import { parsePolicy } from '../../iam/policy';
import { requestKeys } from '../../iam/request-keys';
import { isObject } from '../../is-object';
import { messageOf } from '../../message-of';
import type { LambdaAuthorizer } from '../../terraform/model/authorizer';
import type { GatewayDependencies } from '../gateway';
import { invokeFunction } from '../invocation';

/** What a function decided about a request. */
export type Verdict =
  | {
      readonly outcome: 'allowed';
      readonly principalId: string | undefined;
      /** What it tells the integration. Undefined: nothing. */
      readonly context: Readonly<Record<string, unknown>> | undefined;
      /** The API key that the request counts for. */
      readonly usageKey: string | undefined;
      /** What waiting for it took, in milliseconds. */
      readonly latency: number;
    }
  | { readonly outcome: 'denied'; readonly isExplicit: boolean }
  /** It threw `Unauthorized`. */
  | { readonly outcome: 'unauthorized' }
  /** It may not be invoked, threw, or answered what is no answer. */
  | { readonly outcome: 'failed' };

/** A function's answer, as it holds for other requests of the same identity. */
type Answer =
  | { readonly kind: 'simple'; readonly isAuthorized: boolean; readonly context: Context }
  | {
      readonly kind: 'policy';
      readonly statements: readonly CompiledStatement[];
      readonly context: Context;
      readonly principalId: string | undefined;
      readonly usageKey: string | undefined;
    };
type Context = Readonly<Record<string, unknown>> | undefined;

interface Question {
  /** `GET /items`: what the log calls the request. */
  readonly route: string;
  /** What it brings at the identity sources. */
  readonly identity: readonly string[];
  readonly event: object;
  /** Of the request: `arn:aws:execute-api:…/prod/GET/items/1` */
  readonly arn: string;
  readonly sourceIp: string;
  /** The API's own, which may allow what the function's does not. Default: it has none. */
  readonly policy?: readonly CompiledStatement[];
}

/** Answers kept for all authorizers of a stage. */
const KEPT_ANSWERS = 1000;
const TIMEOUT_MS = 29_000;

/**
 * Asks authorizers' functions, each once for the same identity as long as its answer holds.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
 */
export function askingFunctions(dependencies: GatewayDependencies) {
  const { now } = dependencies;
  const kept = new Map<string, { readonly answer: Answer; readonly until: number }>();

  return async (authorizer: LambdaAuthorizer, question: Question): Promise<Verdict> => {
    const key = JSON.stringify([authorizer.address, ...question.identity]);
    const known = kept.get(key);
    if (known && now() < known.until) return verdict(known.answer, question, dependencies, 0);
    const askedAt = now();
    const answer = await ask(authorizer, question, dependencies);
    if ('outcome' in answer) return answer;
    if (authorizer.ttlSeconds > 0) {
      if (kept.size >= KEPT_ANSWERS) kept.clear();
      kept.set(key, { answer, until: askedAt + authorizer.ttlSeconds * 1000 });
    }
    return verdict(answer, question, dependencies, now() - askedAt);
  };
}

export type Ask = ReturnType<typeof askingFunctions>;

async function ask(
  { address, functionArn, sourceArn, role, simpleResponses }: LambdaAuthorizer,
  { route, event }: Question,
  dependencies: GatewayDependencies,
): Promise<Answer | Verdict> {
  const log = (line: string) => {
    dependencies.log(`${route}: ${address}: ${line}`);
  };
  const refusal = role && dependencies.refusal?.(role, 'lambda:InvokeFunction', functionArn);
  if (refusal !== undefined) {
    log(refusal);
    return { outcome: 'failed' };
  }
  const target = { route, functionArn, timeoutMs: TIMEOUT_MS, sourceArn: role ? undefined : sourceArn };
  const result = await invokeFunction(target, JSON.stringify(event), dependencies);
  if (result.outcome === 'success') {
    try {
      return answerOf(JSON.parse(result.payload), simpleResponses);
    } catch (error) {
      log(`${messageOf(error)}; received ${result.payload.slice(0, 200)}`);
      return { outcome: 'failed' };
    }
  }
  // Whoever throws just this means the caller.
  if (result.outcome === 'function-error' && result.errorMessage === 'Unauthorized') {
    return { outcome: 'unauthorized' };
  }
  if (result.outcome === 'function-error') log(`it failed: ${result.errorType}: ${result.errorMessage}`);
  if (result.outcome === 'refused') log(`Lambda refused the invocation: ${result.message}`);
  return { outcome: 'failed' };
}

/**
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html#http-api-lambda-authorizer.payload-format-response
 * @throws when it is no answer
 */
function answerOf(json: unknown, isSimple: boolean): Answer {
  if (!isObject(json)) throw new Error('an authorizer answers with an object');
  const { isAuthorized, principalId, policyDocument, usageIdentifierKey } = json;
  const context = json.context ?? undefined;
  if (context !== undefined && !isObject(context)) throw new Error('context is an object');
  if (isSimple) {
    if (typeof isAuthorized === 'boolean') return { kind: 'simple', isAuthorized, context };
    throw new Error('with enable_simple_responses, an authorizer answers isAuthorized: true or false');
  }
  const policy = parsePolicy('policyDocument', policyDocument);
  return {
    kind: 'policy',
    statements: compilePolicy(policy, 'identity-based policy'),
    context,
    principalId: typeof principalId === 'string' ? principalId : undefined,
    usageKey: typeof usageIdentifierKey === 'string' ? usageIdentifierKey : undefined,
  };
}

/** A kept policy may be another request's: it decides about each anew. */
function verdict(
  answer: Answer,
  { arn, sourceIp, policy }: Question,
  { now, signers }: GatewayDependencies,
  latency: number,
): Verdict {
  const { context } = answer;
  if (answer.kind === 'simple') {
    if (!answer.isAuthorized) return { outcome: 'denied', isExplicit: false };
    return { outcome: 'allowed', principalId: undefined, context, usageKey: undefined, latency };
  }
  const { principalId, usageKey } = answer;
  const asked: Request = {
    principal: { kind: 'AWS', name: principalId ?? '' },
    action: 'execute-api:Invoke',
    resource: arn,
    keys: requestKeys({ region: parseArn(arn).region, sourceIp, now: new Date(now()) }),
  };
  const decision = evaluate({ identity: answer.statements, ...(policy && { resource: policy }) }, asked);
  signers.onDecision?.(asked, decision);
  if (decision.outcome !== 'allowed') {
    return { outcome: 'denied', isExplicit: decision.outcome === 'explicitly-denied' };
  }
  return { outcome: 'allowed', principalId, context, usageKey, latency };
}
