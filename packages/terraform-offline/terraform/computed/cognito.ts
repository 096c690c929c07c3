import { ACCOUNT } from '../../iam/arn';
import type { ComputedAttributes } from './computed-attributes';
import type { Resource } from '../language/configuration/resource';

/** Users live in Cognito, and not here: what is local are the names that tokens are checked against. */
export const cognito: ComputedAttributes = {
  aws_cognito_user_pool: {
    id: poolId,
    arn: (pool) => `arn:aws:cognito-idp:${pool.region}:${ACCOUNT}:userpool/${poolId(pool)}`,
    endpoint: (pool) => `cognito-idp.${pool.region}.amazonaws.com/${poolId(pool)}`,
  },
  aws_cognito_user_pool_client: {
    id: (client) => client.uniqueId(26),
    client_secret: (client) => client.uniqueId(49),
  },
  aws_cognito_user_pool_domain: { id: (domain) => domain.text('domain') },
  aws_cognito_user_group: { id: (group) => `${group.text('user_pool_id')}/${group.text('name')}` },
  aws_cognito_resource_server: {
    id: (server) => `${server.text('user_pool_id')}|${server.text('identifier')}`,
    scope_identifiers: (server) =>
      server.blocks('scope').map((scope) => `${server.text('identifier')}/${scope.text('scope_name')}`),
  },
};

/** `eu-west-1_abCd12345` */
function poolId(pool: Resource): string {
  return `${pool.region}_${pool.uniqueId(9)}`;
}
