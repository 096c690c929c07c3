import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { programFile } from '../../package-root';
import type { Credentials } from '../../lambda/environment';

const PROGRAM = programFile('console/table-browser/process.js');

export interface TableBrowserSettings {
  /** Where DynamoDB answers. */
  readonly endpoint: string;
  readonly region: string;
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

/** dynamodb-admin on a loopback port, in a process that does not exist before it is wanted. */
export function createTableBrowser(settings: () => TableBrowserSettings): TableBrowser {
  let running: { readonly child: ChildProcess; readonly url: Promise<string> } | undefined;

  function start() {
    const child = fork(PROGRAM, [JSON.stringify(settings())], {
      env: { NODE_ENV: 'production', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    child.once('exit', () => {
      if (running?.child === child) running = undefined;
    });
    return { child, url: address(child) };
  }

  return {
    url: () => (running ??= start()).url,
    close() {
      running?.child.kill();
      running = undefined;
    },
  };
}

async function address(child: ChildProcess): Promise<string> {
  const ended = new AbortController();
  child.once('exit', () => {
    ended.abort();
  });
  try {
    const [port] = (await once(child, 'message', { signal: ended.signal })) as [number];
    return `http://127.0.0.1:${port}`;
  } catch (error) {
    throw new Error('the table browser ended before it answered', { cause: error });
  }
}
