import { OPERATOR } from '../iam/credentials';
import { parseArn } from '../terraform/arn';
import type { Api, Authorizer, Stack } from '../terraform/model';
import type { Endpoint } from '../console/endpoints';

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
    case 'jwt': {
      const { issuer, audience, scopes } = authorizer;
      const claims = [`aud=${audience[0] ?? ''}`, ...(scopes[0] === undefined ? [] : [`scope=${scopes[0]}`])];
      return bearer(stack, issuer, claims);
    }
    case 'cognito': {
      const { issuers, scopes } = authorizer;
      const claims = scopes[0] === undefined ? ['token_use=id'] : ['token_use=access', `scope=${scopes[0]}`];
      return bearer(stack, issuers[0] ?? '', claims);
    }
    case 'lambda':
      return authorizer.identitySources.flatMap(({ from, name }) =>
        from === 'header' ? header(name, '$TOKEN') : [],
      );
  }
}

/** Whoever else issues tokens has to be asked for one. */
function bearer({ userPools = [] }: Stack, issuer: string, claims: readonly string[]): string[] {
  const isLocal = userPools.some((pool) => pool.issuer === issuer);
  if (!isLocal) return header('Authorization', '$TOKEN');
  const options = ['sub=ann', ...claims].map((claim) => `--claim ${claim}`).join(' ');
  return header('Authorization', `$(npx --no-install terraform-offline token --issuer ${issuer} ${options})`);
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
