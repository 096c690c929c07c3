import { fork } from 'node:child_process';
import { programFile } from '../package-root';
import { ACCOUNT } from '../terraform/account';
import type { Report, Settings } from './messages';

const PROGRAM = programFile('dynamodb/process.js');

/** One run of the database process. */
export interface DatabaseProcess {
  /** Makes it serve these settings. Resolves to its port; rejects with what is wrong, or because it ended. */
  configure(settings: Settings): Promise<number>;
  /** Resolves when it has ended, to the reason. */
  readonly ended: Promise<string>;
  /** Ends it; resolves when it has ended. */
  stop(): Promise<void>;
}

/** @param region what the descriptions of tables name */
export function spawnDatabase(region: string, log: (line: string) => void): DatabaseProcess {
  const child = fork(PROGRAM, {
    // Nothing of the developer's shell; dynalite takes these two.
    env: { AWS_REGION: region, AWS_ACCOUNT_ID: ACCOUNT },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(-4000)));
  const waiting: { resolve: (port: number) => void; reject: (error: Error) => void }[] = [];

  const ended = new Promise<string>((resolve) => {
    child.once('close', (code, signal) => {
      const error = /^\w*Error: .*/m.exec(complaint)?.[0];
      const reason = [signal ?? `exit code ${code}`, error].filter(Boolean).join(', ');
      for (const { reject } of waiting.splice(0)) reject(new Error(`the database process ended: ${reason}`));
      resolve(reason);
    });
  });
  child.on('error', (error) => (complaint = String(error)));
  child.on('message', (report: Report) => {
    if (report.kind === 'log') return log(report.line);
    const reply = waiting.shift();
    if (report.kind === 'ready') reply?.resolve(report.port);
    else reply?.reject(new Error(report.reason));
  });

  return {
    ended,
    configure: (settings) =>
      new Promise((resolve, reject) => {
        if (!child.connected) return reject(new Error('the database process has ended'));
        waiting.push({ resolve, reject });
        child.send(settings);
      }),
    // At once: LevelDB has what it acknowledged, and a request underway is answered as one that was lost.
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}
