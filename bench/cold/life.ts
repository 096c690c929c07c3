import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { layerOf } from '../../tools/build/layers';
import type { StubOfDynamoDB } from './database';
import type { CpuQuota } from './cpu-quota';
import type { Life, Order } from './process';

/**
 * Runs a function in a fresh process, as Lambda does.
 * @param quota for the requests; init has the whole processor
 * @throws when the function does not answer with success
 */
export async function lifeOf(order: Order, database: StubOfDynamoDB, quota?: CpuQuota): Promise<Life> {
  const child = fork(path.join(__dirname, 'cold/process.js'), {
    execArgv: [],
    env: {
      AWS_ENDPOINT_URL_DYNAMODB: database.endpoint,
      NODE_EXTRA_CA_CERTS: database.certificate,
      NODE_PATH: path.join(layerOf('items-orm'), 'nodejs/node_modules'),
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_SESSION_TOKEN: 'token',
      STACK: 'bench',
      TABLE_NAME: 'table',
      TABLES: JSON.stringify({ table: 'table' }),
    },
  });
  const exited = once(child, 'exit').then(() => {
    throw new Error(`${order.file} ended before it answered`);
  });
  // Whichever comes first is waited for; the other one is no news.
  exited.catch(() => undefined);
  const message = async () => (await Promise.race([once(child, 'message'), exited]))[0] as unknown;
  child.send(order);
  await message();
  quota?.hold(child.pid ?? 0);
  child.send('go on');
  const life = (await message()) as Life;
  await exited.catch(() => undefined);
  const { statusCode = 200 } = (life.answer ?? {}) as { statusCode?: number };
  if (statusCode >= 300) throw new Error(`${order.file} answered ${JSON.stringify(life.answer)}`);
  return life;
}
