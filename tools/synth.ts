import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { build, run } from './build';
import { APP, bundleAppToExplain } from './bundle/app';
import { projectRoot } from './project-root';
import { pruneOutput } from './prune-output';

/**
 * Runs the bundled app, which writes `cdktf.out`. Rejects with what the app said when it fails.
 * @param signal ends the app
 */
export async function synthesize({ signal }: { readonly signal?: AbortSignal } = {}): Promise<void> {
  const { code } = await runApp([], signal);
  if (code !== 0) throw new Error(await explainFailure());
  pruneOutput();
}

/** The app again, with a stack trace that names lines of the sources. */
async function explainFailure(): Promise<string> {
  await bundleAppToExplain();
  const { complaint } = await runApp(['--enable-source-maps']);
  return complaint;
}

async function runApp(
  options: readonly string[],
  signal?: AbortSignal,
): Promise<{ code: number | null; complaint: string }> {
  const app = spawn(process.execPath, [...options, APP], {
    cwd: projectRoot,
    signal,
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  const complaint: Buffer[] = [];
  app.stderr.on('data', (chunk: Buffer) => complaint.push(chunk));
  const [code] = (await once(app, 'close')) as [number | null];
  return { code, complaint: Buffer.concat(complaint).toString().trimEnd() };
}

if (require.main === module) {
  void run(async () => {
    await build();
    await synthesize();
  });
}
