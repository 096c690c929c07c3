import { parseArgs } from 'node:util';
import { run } from '../tools/run';
import { stubOfDynamoDB } from './cold/database';
import { functions, orderOf } from './cold/functions';
import { lifeOf } from './cold/life';
import { bundleReferences, referenceOrder } from './cold/reference';
import { median } from './statistics';

/**
 * What a warm request costs: CPU of a whole invocation, from the event to the answer, against the bare call of DynamoDB
 * that it comes down to; each in processes of their own, in turn.
 *
 *     npm run bench:warm -- [--rounds 5]
 */
const WARM_UPS = 500;
const REQUESTS = 1000;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { rounds: { type: 'string' } } });
  const rounds = Number(values.rounds ?? 5);
  console.log(`Node ${process.version}, ${rounds} rounds of ${REQUESTS} requests after ${WARM_UPS}`);
  const folder = await bundleReferences();
  const database = await stubOfDynamoDB();
  try {
    for (const fn of functions) {
      const pairs: { bare: number; whole: number }[] = [];
      while (pairs.length < rounds) {
        const counts = { warmUps: WARM_UPS, warmRequests: REQUESTS };
        const bare = await lifeOf({ ...referenceOrder(folder, fn.reference), ...counts }, database);
        const whole = await lifeOf({ ...orderOf(fn), ...counts }, database);
        pairs.push({ bare: bare.warmCpu, whole: whole.warmCpu });
      }
      const ratio = median(pairs.map(({ bare, whole }) => whole / bare));
      const milliseconds = median(pairs.map(({ whole }) => whole));
      console.log(`${fn.functionName.padEnd(26)} ${milliseconds.toFixed(3)} ms   ratio ${ratio.toFixed(2)}`);
    }
  } finally {
    database.close();
  }
}

void run(main);
