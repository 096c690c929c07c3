import { once } from 'node:events';

export default async function globalTeardown(): Promise<void> {
  const { motoProcess } = globalThis;
  if (motoProcess?.exitCode !== null) return;
  motoProcess.kill();
  await once(motoProcess, 'exit');
}
