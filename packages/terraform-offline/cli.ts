import { constants } from 'node:os';
import { stop as stopCompiler } from 'esbuild';
import { HELP, type Options, readOptions } from './cli/options';
import { databaseSummary, summary } from './cli/summary';
import { OPERATOR } from './iam/credentials';
import { createLog } from './log/create-log';
import { messageOf } from './message-of';
import { whenNpmEnds } from './cli/npm';
import { writeOutputs } from './cli/outputs-file';
import { rebuilder } from './rebuild';
import { confirmReset } from './reset';
import { type Running, start } from './start';
import { watchSources } from './watch';

/** What a shell adds to the number of the signal that ended a program. */
const BY_SIGNAL = 128;

/** Stopping takes no longer than this, in milliseconds. */
const PATIENCE_MS = 900;

// Lambda's time zone, which the workers share with this process.
process.env.TZ = 'UTC';
void main();

async function main(): Promise<void> {
  try {
    const options = readOptions(process.argv.slice(2));
    if (options.help) process.stdout.write(HELP);
    else await run(options);
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exit(1);
  }
}

async function run(options: Options): Promise<void> {
  if (options.reset && !(await confirmReset(options))) throw new Error('nothing was deleted');
  const stopping = new AbortController();
  const log = createLog({ ...options, stream: process.stdout });
  const starting = start(options, log, stopping.signal);
  let isReady = false;
  const stop = (signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') => {
    // A terminal's Ctrl-C comes twice: to every process of the group, and once more from npm.
    if (stopping.signal.aborted) return;
    stopping.abort();
    // Whoever waits for it to be ready must not take an interrupted start for one.
    process.exitCode = isReady ? 0 : BY_SIGNAL + constants.signals[signal];
    setTimeout(() => process.exit(), PATIENCE_MS);
    void starting.then(({ close }) => close()).finally(() => process.exit());
  };
  process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop);
  // Whoever read the log has gone, as `head` does.
  process.stdout.on('error', () => {
    stop('SIGHUP');
  });
  whenNpmEnds(() => {
    stop('SIGTERM');
  });

  const running = await starting.catch((error: unknown) => {
    if (!stopping.signal.aborted) throw error;
  });
  if (!running || stopping.signal.aborted) return;
  const watches = options.watch ?? (options.build && process.stdout.isTTY);
  // Before anyone is told to go on: an edit may follow at once.
  if (watches) {
    const rebuild = rebuilder(running, () => {
      updateOutputs(options, running);
    });
    watchSources(rebuild, (message) => {
      running.log({ type: 'notice', level: 'warn', message });
    });
  }
  announce(options, running);
  isReady = true;
  if (!watches) await stopCompiler();
}

/** A file that cannot be written any more is no reason to end what is served. */
function updateOutputs({ outputsFile }: Options, { model, log }: Running): void {
  if (outputsFile === undefined) return;
  try {
    writeOutputs(model(), outputsFile);
  } catch (error) {
    log({ type: 'notice', level: 'error', message: (error as Error).message });
  }
}

function announce({ outputsFile, json, quiet }: Options, running: Running): void {
  const { url, databaseEndpoint, model } = running;
  if (outputsFile !== undefined) writeOutputs(model(), outputsFile);
  const seconds = (performance.now() / 1000).toFixed(1);
  const ready = `ready in ${seconds} s at ${url}\n`;
  if (json) {
    const outputs = Object.fromEntries(model().stacks.map((stack) => [stack.id, stack.outputs]));
    const record = { url, databaseEndpoint, databaseCredentials: OPERATOR, outputs };
    process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), type: 'ready', record })}\n`);
    process.stderr.write(ready);
    return;
  }
  process.stdout.write(
    quiet ? ready : `${summary(model(), url)}\n${databaseSummary(model(), databaseEndpoint)}\n${ready}`,
  );
}
