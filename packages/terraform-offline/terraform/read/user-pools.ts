import type { UserPool } from '../model/authorizer';
import type { Attempts } from './attempts';

export function readUserPools(attempts: Attempts): UserPool[] {
  return attempts.configuration.all('aws_cognito_user_pool').flatMap((pool) => {
    const part = { address: pool.where, effect: 'no token of it is taken' };
    const tried = attempts.attempt(part, () => ({
      arn: pool.text('arn'),
      issuer: `https://${pool.text('endpoint')}`,
    }));
    return tried.unserved ? [] : [tried.value];
  });
}
