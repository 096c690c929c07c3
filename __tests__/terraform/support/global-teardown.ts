import { once } from 'node:events';

export default async function globalTeardown(): Promise<void> {
  const { motoProcess, motoForwarder } = globalThis;
  motoForwarder?.close();
  motoForwarder?.closeAllConnections();
  if (motoProcess?.exitCode !== null) return;
  motoProcess.kill();
  await once(motoProcess, 'exit');
}
