import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { authorizeRoles } from '../../../../packages/terraform-offline/iam/authorizer';
import { credentialsFor } from '../../../../packages/terraform-offline/iam/credentials';
import { startDatabase } from '../../../../packages/terraform-offline/dynamodb/database';
import { clientOf, inMemory, roleOf } from './support';

const reader = roleOf('reader', { actions: ['dynamodb:GetItem'], resources: ['*'] });
const input = { TableName: 'Books', Key: { id: { S: '1' } } };

/** Milliseconds that the middle one of the runs takes. */
async function median(runs: number, run: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    await run();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[runs >> 1]!;
}

it('decides in less than a tenth of the time that the GetItem it guards takes', async () => {
  const database = await startDatabase({ ...inMemory, roles: [reader] });
  const client = clientOf(database.endpoint, credentialsFor(reader));
  const authorize = authorizeRoles([reader]);
  const caller = { accessKeyId: credentialsFor(reader).accessKeyId, region: 'us-east-1' };
  const body = Buffer.from(JSON.stringify(input));

  const request = await median(300, () => client.send(new GetItemCommand(input)));
  const decision = await median(300, () => authorize(caller, 'GetItem', body));
  expect(authorize(caller, 'GetItem', body)).toBeUndefined();
  expect(decision / request).toBeLessThan(0.1);
  await database.close();
});
