import { authorizeSigned } from '../api-gateway/authorizers/iam';
import { SignatureError } from '../api-gateway/authorizers/sigv4/signature-error';
import type { GatewayDependencies } from '../api-gateway/gateway';
import type { Caller } from '../iam/callers';
import { explanation } from '../iam/denial';
import { compilePolicy } from '../iam/evaluate';
import type { Statement } from '../iam/policy';
import type { HttpRequest, HttpResponse } from '../server/request';
import type { InvokePermission } from '../terraform/model/function';
import type { FunctionUrl } from '../terraform/model/function-url';

type Authorized =
  { readonly caller: Caller | undefined; readonly refusal?: undefined } | { readonly refusal: HttpResponse };

const FORBIDDEN =
  'Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html';

/**
 * Lets in who has signed the request and may invoke the function by its URL, by policies of its own or by a permission of the
 * function's that names it; everyone where the URL is public.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
 */
export function authorizeUrl(
  { authorizer, functionArn }: FunctionUrl,
  request: HttpRequest,
  { signers, now, functionByArn }: GatewayDependencies,
  log: (line: string) => void,
): Authorized {
  if (!authorizer) return { caller: undefined };
  const permissions = functionByArn(functionArn)?.permissions ?? [];
  const statements = permissions.filter(({ principal }) => principal !== '*').map(statementOf);
  try {
    const { caller, denied } = authorizeSigned(
      request,
      {
        service: 'lambda',
        actions: ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'],
        resource: functionArn,
        policy: compilePolicy({ name: 'permissions', statements }, 'resource-based policy'),
        keys: { 'lambda:FunctionUrlAuthType': 'AWS_IAM', 'lambda:InvokedViaFunctionUrl': 'true' },
      },
      signers,
      now(),
    );
    if (!denied) return { caller };
    log(`IAM: ${explanation(denied.request, denied.denial)}`);
    return { refusal: refusal('AccessDeniedException', { Message: FORBIDDEN }) };
  } catch (error) {
    if (!(error instanceof SignatureError)) throw error;
    log(`${error.code}: ${error.message}`);
    const isMissing = error.code === 'MissingAuthenticationTokenException';
    return {
      refusal: isMissing
        ? refusal('AccessDeniedException', { Message: FORBIDDEN })
        : refusal(error.code, { message: error.message }),
    };
  }
}

function statementOf({ action, principal }: InvokePermission): Statement {
  return {
    effect: 'Allow',
    actions: [action],
    notActions: [],
    resources: ['*'],
    notResources: [],
    principals: { [principal.endsWith('.amazonaws.com') ? 'Service' : 'AWS']: [principal] },
  };
}

function refusal(errorType: string, body: object): HttpResponse {
  return {
    status: 403,
    headers: [
      ['Content-Type', 'application/json'],
      ['x-amzn-ErrorType', errorType],
    ],
    body: JSON.stringify(body),
  };
}
