import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleOf } from '../../tools/build/functions';
import { layerOf } from '../../tools/build/layers';

export interface Invoked {
  /** What the handler returned for each event; `{error}` where it rejected. */
  readonly answers: readonly unknown[];
  /** The files that it read through `node:fs/promises`, as the SDK reads its settings. */
  readonly read: readonly string[];
}

/**
 * Runs a function as it is deployed: its bundle and its layer in a folder of their own, below no `node_modules`, with
 * what Lambda sets in its environment.
 * @param bundle such as `data-api/store-data`
 */
export async function invokeBundle(
  bundle: string,
  events: readonly unknown[],
  variables: Readonly<Record<string, string>>,
): Promise<Invoked> {
  const root = mkdtempSync(path.join(tmpdir(), 'bundle-'));
  cpSync(bundleOf(bundle), path.join(root, 'task'), { recursive: true });
  cpSync(layerOf('items-orm'), path.join(root, 'opt'), { recursive: true });
  cpSync(path.join(__dirname, '../fixtures/invoke-bundle.mjs'), path.join(root, 'invoke-bundle.mjs'));
  const child = fork(path.join(root, 'invoke-bundle.mjs'), {
    // The SDK speaks of this machine's Node.js.
    execArgv: ['--disable-warning=Warning'],
    env: {
      AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_SESSION_TOKEN: 'token',
      AWS_REGION: 'eu-central-1',
      HOME: root,
      NODE_PATH: path.join(root, 'opt/nodejs/node_modules'),
      ...variables,
    },
  });
  try {
    child.send({ file: path.join(root, 'task/index.mjs'), events });
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`${bundle} ended with ${String(code)} before it answered`);
    });
    const [invoked] = (await Promise.race([once(child, 'message'), ended])) as [Invoked];
    return invoked;
  } finally {
    child.kill();
    rmSync(root, { recursive: true });
  }
}
