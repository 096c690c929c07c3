import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { APP } from './bundle/app';
import { build, run } from './build';
import { projectRoot } from './project-root';

/** Runs the bundled app, which writes `cdktf.out`. Rejects with what the app said when it fails. */
export async function synthesize(): Promise<void> {
  const app = spawn(process.execPath, ['--enable-source-maps', APP], {
    cwd: projectRoot,
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  const complaint: Buffer[] = [];
  app.stderr.on('data', (chunk: Buffer) => complaint.push(chunk));
  const [code] = (await once(app, 'close')) as [number | null];
  if (code !== 0) throw new Error(Buffer.concat(complaint).toString().trimEnd());
  process.stderr.write(Buffer.concat(complaint));
}

if (require.main === module) {
  void run(async () => {
    await build();
    await synthesize();
  });
}
