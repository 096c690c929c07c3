import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { Credentials } from '../../lambda/variables';
import { programFile } from '../../package-root';

const PROGRAM = programFile('console/table-browser/process.js');

export interface TableBrowserSettings {
  /** Where DynamoDB answers. */
  readonly endpoint: string;
  readonly region: string;
  /** Of the browser itself; another free one when it is taken. 0: any free one. */
  readonly port: number;
  /** Those of the operator, who may do everything to every table. */
  readonly credentials: Credentials;
}

export interface TableBrowser {
  /**
   * Where it answers; starts it if it is not running.
   * @throws when it does not start
   */
  url(): Promise<string>;
  close(): void;
}

/**
 * dynamodb-admin on a loopback port, in a process that does not exist before it is wanted.
 * @param log told when its port is another than the one that was asked for
 */
export function createTableBrowser(
  settings: () => TableBrowserSettings,
  log: (message: string) => void,
): TableBrowser {
  let running: { readonly child: ChildProcess; readonly url: Promise<string> } | undefined;

  function start() {
    const wanted = settings();
    const child = fork(PROGRAM, [JSON.stringify(wanted)], {
      env: { NODE_ENV: 'production', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child.once('exit', () => {
      if (running?.child === child) running = undefined;
    });
    const url = portOf(child).then((port) => {
      if (wanted.port !== 0 && port !== wanted.port)
        log(`port ${wanted.port} is in use: the table browser is at port ${port}`);
      return `http://127.0.0.1:${port}`;
    });
    return { child, url };
  }

  return {
    url: () => (running ??= start()).url,
    close() {
      running?.child.kill();
      running = undefined;
    },
  };
}

async function portOf(child: ChildProcess): Promise<number> {
  const ended = new AbortController();
  child.once('exit', () => {
    ended.abort();
  });
  try {
    const [port] = (await once(child, 'message', { signal: ended.signal })) as [number];
    return port;
  } catch (error) {
    throw new Error('the table browser ended before it answered', { cause: error });
  }
}
