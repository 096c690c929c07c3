import { issuerAddresses } from '../../lambda/endpoints';
import type { Authorizer } from '../../terraform/model/authorizer';
import type { Api, Model } from '../../terraform/model/stack';
/** Whether an authorizer, or a function, verifies tokens of an issuer. */
export function takesTokens({ stacks }: Model): boolean {
  const callable = stacks.flatMap(({ apis }) => apis.flatMap((api) => callableOf(api)));
  return (
    callable.some(({ authorizer }) => authorizer?.kind === 'jwt' || authorizer?.kind === 'cognito') ||
    issuerAddresses(stacks.flatMap(({ functions }) => functions)).size > 0
  );
}

function callableOf(api: Api): readonly { readonly authorizer?: Authorizer | undefined }[] {
  switch (api.kind) {
    case 'rest':
      return api.methods;
    case 'http':
      return api.routes;
    case 'function-url':
      return [];
  }
}
