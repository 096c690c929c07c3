import { operation, uri } from './openapi';

describe('whom an operation lets in', () => {
  const components = {
    securitySchemes: {
      signed: {
        type: 'apiKey',
        name: 'Authorization',
        in: 'header',
        'x-amazon-apigateway-authtype': 'awsSigv4',
      },
      key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
      function: {
        type: 'apiKey',
        name: 'X-Token',
        in: 'header',
        'x-amazon-apigateway-authtype': 'custom',
        'x-amazon-apigateway-authorizer': {
          type: 'token',
          authorizerUri: uri,
          authorizerResultTtlInSeconds: 60,
        },
      },
      pool: {
        type: 'apiKey',
        name: 'Authorization',
        in: 'header',
        'x-amazon-apigateway-authtype': 'cognito_user_pools',
        'x-amazon-apigateway-authorizer': {
          type: 'cognito_user_pools',
          providerARNs: ['arn:aws:cognito-idp:eu-west-1:000000000000:userpool/eu-west-1_abc'],
        },
      },
    },
  };

  it('is who an authorizer of the document admits', async () => {
    const { authorizer } = await operation({ security: [{ function: [] }] }, { components });
    expect(authorizer).toMatchObject({
      kind: 'lambda',
      functionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:store',
      event: 'TOKEN',
      identitySources: [{ from: 'header', name: 'X-Token' }],
      ttlSeconds: 60,
    });
  });

  it('is who a user pool knows, with one of the scopes', async () => {
    const { authorizer } = await operation({ security: [{ pool: ['pets/read'] }] }, { components });
    expect(authorizer).toMatchObject({
      kind: 'cognito',
      issuers: ['https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_abc'],
      identitySource: { from: 'header', name: 'Authorization' },
      scopes: ['pets/read'],
    });
  });

  it('is who has an API key, besides what an authorizer says', async () => {
    const { apiKeyRequired, authorizer } = await operation(
      { security: [{ key: [] }, { function: [] }] },
      { components },
    );
    expect([apiKeyRequired, authorizer?.kind]).toEqual([true, 'lambda']);
    expect((await operation({ security: [{ function: [] }] }, { components })).apiKeyRequired).toBe(false);
  });

  it.each<[string, object]>([
    ['a scheme', { security: [{ signed: [] }] }],
    ['the operation', { 'x-amazon-apigateway-auth': { type: 'AWS_IAM' } }],
  ])('is never everyone where %s wants signatures', async (_, described) => {
    const { authorizer, unserved } = await operation(described, { components });
    expect(authorizer ?? unserved).toBeDefined();
  });

  it('is everyone without its own word, as API Gateway does not heed the root’s', async () => {
    const { unserved } = await operation({}, { components, security: [{ signed: [] }] });
    expect(unserved).toBeUndefined();
  });
});
