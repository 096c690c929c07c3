import { sampleClaims } from '../api-gateway/authorizers/sample-claims';
import type { Endpoint } from '../console/endpoints';
import { parseArn } from '../iam/arn';
import { OPERATOR } from '../iam/credentials';
import type { Authorizer } from '../terraform/model/authorizer';
import type { Api, Stack } from '../terraform/model/stack';

/**
 * Options of `curl` that let a caller in, for any POSIX shell; none where everyone is let in. A token is made by the command
 * itself; what only the user knows stands as a variable.
 */
export function callerOptions(stack: Stack, api: Api, { authorizer, apiKeyRequired }: Endpoint): string[] {
  const options = authorizer ? ofAuthorizer(stack, api, authorizer) : [];
  return apiKeyRequired ? [...options, ...header('x-api-key', keyOf(api))] : options;
}

function ofAuthorizer(stack: Stack, api: Api, authorizer: Authorizer): string[] {
  switch (authorizer.kind) {
    case 'iam': {
      const isUrl = api.kind === 'function-url';
      const { region } = parseArn(isUrl ? api.functionArn : api.executionArn);
      const service = isUrl ? 'lambda' : 'execute-api';
      const { accessKeyId, secretAccessKey } = OPERATOR;
      return ['--aws-sigv4', `aws:amz:${region}:${service}`, '--user', `${accessKeyId}:${secretAccessKey}`];
    }
    case 'jwt':
    case 'cognito':
      return bearer(stack, sampleClaims(authorizer));
    case 'lambda':
      return authorizer.identitySources.flatMap(({ from, name }) =>
        from === 'header' ? header(name, '$TOKEN') : [],
      );
  }
}

/** Whoever else issues tokens has to be asked for one. */
function bearer({ userPools = [] }: Stack, { iss, ...claims }: Record<string, string>): string[] {
  const isLocal = userPools.some(({ issuer }) => issuer === iss);
  if (!isLocal) return header('Authorization', '$TOKEN');
  const options = Object.entries(claims).map(([name, value]) => `--claim ${name}=${value}`);
  return header(
    'Authorization',
    `$(npx --no-install terraform-offline token --issuer ${iss} ${options.join(' ')})`,
  );
}

/** One that the configuration itself names is not shown. */
function keyOf(api: Api): string {
  const plans = api.kind === 'rest' ? (api.usagePlans ?? []) : [];
  const key = plans.flatMap(({ keys }) => keys).find(({ enabled }) => enabled);
  return key && !key.isGiven ? key.value : '$API_KEY';
}

function header(name: string, value: string): string[] {
  return ['-H', `"${name}: ${value}"`];
}
