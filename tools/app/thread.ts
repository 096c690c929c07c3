import path from 'node:path';
import { text } from 'node:stream/consumers';
import { Worker } from 'node:worker_threads';
import { APP, VENDOR } from '../bundle/app-files';
import { projectRoot } from '../project-root';

/** Packages take half of the time that the app takes. Not a file: a server that watches outlives the folder `build`. */
const PROGRAM = `
  const { parentPort } = require('node:worker_threads');
  require(${JSON.stringify(path.join(projectRoot, VENDOR))});
  parentPort.once('message', () => require(${JSON.stringify(path.join(projectRoot, APP))}));
`;

/** A thread that loads the packages of the bundled app, then waits to run it. */
export interface AppThread {
  /**
   * Runs the app, once. Resolves to how it failed; undefined when it did not.
   * @param signal ends it
   */
  run(signal?: AbortSignal): Promise<string | undefined>;
  /** Ends a thread that is not wanted any more. */
  end(): void;
}

/** In a thread: a process would take as long to start as the app takes to run. */
export function startAppThread(): AppThread {
  const worker = new Worker(PROGRAM, { eval: true, stderr: true });
  worker.unref();
  const ended = new Promise<string | undefined>((resolve) => {
    worker.on('error', (error) => {
      resolve(error.stack ?? String(error));
    });
    worker.on('exit', (code) => {
      resolve(code === 0 ? undefined : `the app ended with exit code ${code}`);
    });
  });
  const said = text(worker.stderr);
  const end = () => void worker.terminate();
  return {
    end,
    async run(signal) {
      worker.ref();
      signal?.addEventListener('abort', end);
      worker.postMessage('run');
      const failure = await ended;
      signal?.removeEventListener('abort', end);
      // Who explains a failure runs the app again, and shows all that it says.
      if (failure === undefined) process.stderr.write(await said);
      return failure;
    },
  };
}
