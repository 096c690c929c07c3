import { operatorOnly } from '../../../../packages/terraform-offline/dynamodb/authorization';
import { OPERATOR, credentialsFor } from '../../../../packages/terraform-offline/iam/credentials';
import { roleOf, tableOf } from './support';

const asks = (accessKeyId: string) =>
  operatorOnly({ accessKeyId, region: 'us-east-1' }, [
    { action: 'dynamodb:PutItem', resource: '*', conditionKeys: () => ({}) },
  ]);

describe('before the tables are there', () => {
  it('tells a function to come again, so that the SDK does', () => {
    const { accessKeyId } = credentialsFor(roleOf('writer', { resources: [tableOf('Books').arn] }));
    expect(asks(accessKeyId)).toMatchObject({ error: { status: 503, message: 'Service Unavailable' } });
  });

  it('lets the operator create them', () => {
    expect(asks(OPERATOR.accessKeyId)).toBeUndefined();
  });
});
