import { requiredVariable } from '../shared/env';
import { authorizer } from './domain/authorizer';
import { issuerKeys } from './domain/issuer-keys';

/** The Lambda authorizer of a REST API whose routes take tokens. */
export const handler = authorizer({
  issuer: requiredVariable('ISSUER'),
  audience: JSON.parse(requiredVariable('AUDIENCE')) as string[],
  scopes: JSON.parse(requiredVariable('SCOPES')) as Record<string, string[]>,
  keys: issuerKeys(requiredVariable('OPENID_CONFIGURATION')),
});
