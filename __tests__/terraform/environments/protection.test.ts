import path from 'node:path';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { Checkout } from '../../support/checkout';
import { aws } from '../support/aws';
import { Workspace } from '../support/workspace';

describe('production', () => {
  const checkout = new Checkout();
  const workspace = new Workspace('data-api');
  afterAll(() => {
    workspace.remove();
    checkout.remove();
  });

  it('is not destroyed, not even in part', async () => {
    process.env.ENVIRONMENT = 'production';
    expect(await checkout.run('tools/synth.ts')).toMatchObject({ code: 0 });
    workspace.take(path.join(checkout.root, 'cdktf.out'));
    await workspace.terraform('init', '-input=false');
    const [table] = Object.keys(workspace.configuration().resource.aws_dynamodb_table ?? {});
    await workspace.terraform('apply', '-auto-approve', `-target=aws_dynamodb_table.${table}`);

    const destroy = workspace.terraform('destroy', '-auto-approve', '-input=false');

    await expect(destroy).rejects.toThrow('lifecycle.prevent_destroy');
    const found = await aws.dynamodb.send(new DescribeTableCommand({ TableName: 'MyDataTable-production' }));
    expect(found.Table).toMatchObject({ TableStatus: 'ACTIVE', DeletionProtectionEnabled: true });
  });
});
