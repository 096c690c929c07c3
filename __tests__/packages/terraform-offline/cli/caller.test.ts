import { callerOptions } from '../../../../packages/terraform-offline/cli/caller';
import { endpoints } from '../../../../packages/terraform-offline/console/endpoints';
import type { Authorizer } from '../../../../packages/terraform-offline/terraform/model/authorizer';
import type { RestMethod } from '../../../../packages/terraform-offline/terraform/model/rest-api';
import { fn, method, restApi, stack } from '../console/model';

const issuer = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc';
const address = 'test: authorizer';
const identitySource = { from: 'header', name: 'Authorization' } as const;

/** The options of the only route of a stack. */
function options(more: Partial<RestMethod>, key?: { readonly isGiven: boolean }): string {
  const keys = key ? [{ id: 'k', name: 'k', value: 'the-value-of-the-key', enabled: true, ...key }] : [];
  const plan = { id: 'p', name: 'p', keys, throttling: undefined, methodThrottling: {}, quota: undefined };
  const api = { ...restApi([method(fn('Note', []), more)]), usagePlans: [plan] };
  const one = stack({ apis: [api], userPools: [{ arn: 'arn', issuer }] });
  return callerOptions(one, api, endpoints(one, api)[0]!).join(' ');
}

it.each<[what: string, authorizer: Authorizer | undefined, expected: string]>([
  ['everyone', undefined, ''],
  [
    'a signature',
    { kind: 'iam' },
    '--aws-sigv4 aws:amz:eu-west-1:execute-api --user AKIALOCALOPERATOR000:local',
  ],
  [
    'an identity token of its own pool',
    { kind: 'cognito', address, identitySource, issuers: [issuer], audience: undefined, scopes: [] },
    `-H "Authorization: $(npx --no-install terraform-offline token --issuer ${issuer} --claim sub=ann --claim token_use=id)"`,
  ],
  [
    'a token of its own pool with a scope',
    { kind: 'jwt', address, identitySource, issuer, audience: ['app'], scopes: ['read', 'write'] },
    `-H "Authorization: $(npx --no-install terraform-offline token --issuer ${issuer} --claim sub=ann --claim aud=app --claim scope=read)"`,
  ],
  [
    'a token of another issuer',
    { kind: 'jwt', address, identitySource, issuer: 'https://x.example', audience: ['app'], scopes: [] },
    '-H "Authorization: $TOKEN"',
  ],
  [
    'what its function asks for',
    {
      kind: 'lambda',
      address,
      functionArn: 'arn',
      sourceArn: 'arn',
      role: undefined,
      event: 'REQUEST',
      identitySources: [
        { from: 'header', name: 'X-Door' },
        { from: 'context', name: 'path' },
      ],
      validation: undefined,
      simpleResponses: false,
      ttlSeconds: 300,
    },
    '-H "X-Door: $TOKEN"',
  ],
])('curl is let in where a route wants %s', (_, authorizer, expected) => {
  expect(options({ authorizer })).toBe(expected);
});

it('shows a key that is local, and none that the configuration names', () => {
  const apiKeyRequired = true;
  expect(options({ apiKeyRequired }, { isGiven: false })).toBe('-H "x-api-key: the-value-of-the-key"');
  expect(options({ apiKeyRequired }, { isGiven: true })).toBe('-H "x-api-key: $API_KEY"');
  expect(options({ apiKeyRequired })).toBe('-H "x-api-key: $API_KEY"');
});
