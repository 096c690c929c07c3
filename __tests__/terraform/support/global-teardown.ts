import { once } from 'node:events';
import { rmSync } from 'node:fs';

export default async function globalTeardown(): Promise<void> {
  const { motoProcess, motoForwarder, providerFolder } = globalThis;
  if (providerFolder) rmSync(providerFolder, { recursive: true });
  motoForwarder?.close();
  motoForwarder?.closeAllConnections();
  if (motoProcess?.exitCode !== null) return;
  motoProcess.kill();
  await once(motoProcess, 'exit');
}
