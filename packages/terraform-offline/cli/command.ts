import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Cloud, serve } from '../cloud';
import { OPERATOR } from '../iam/credentials';
import { version } from '../package.json';
import { createLog } from '../log/create-log';
import { messageOf } from '../message-of';
import { writeIamReport } from './iam-report';
import { whenNpmEnds } from './npm';
import { type Options, OPTIONS_HELP, readOptions } from './options';
import { writeOutputs } from './outputs-file';
import { confirmReset } from './reset';
import { printCredentials } from './credentials';
import { fire } from './fire';
import { databaseSummary, summary } from './summary';
import { printToken } from './token';
import { watch, type Watch } from './watch';

/** A command that serves. */
export interface Command {
  /** How it is called, for its messages: `npm start --`. */
  readonly name: string;
  /** What it does, and its own options. */
  readonly usage: string;
  /** What is served. Default: the folder that the command line names, `cdktf.out`, or where it is called. */
  readonly folder?: string;
  /** Makes what is served: before it is served, and after each change. Default: it is there. */
  readonly make?: () => Promise<void>;
  /** What a change is noticed of; undefined where nothing changes. */
  readonly watch: (folder: string) => Watch | undefined;
}

/** dynamodb-admin's own; DynamoDB's is that of DynamoDB Local. */
const TABLE_BROWSER_PORT = 8001;

/** What a shell adds to the number of the signal that ended a program. */
const BY_SIGNAL = 128;

/** Stopping takes no longer than this, in milliseconds. */
const PATIENCE_MS = 900;

/** About as long as a synth takes that replaces what is being read. */
const SYNTH_MS = 500;

/** What a command does beside serving, by its first argument. */
const SUBCOMMANDS: Readonly<Record<string, (args: readonly string[], command: Command) => Promise<void>>> = {
  credentials: printCredentials,
  fire,
  token: printToken,
};

/** Runs a command to its end, which is this process's: what keeps it from serving is one line, and exit code 1. */
export async function run(args: readonly string[], command: Command): Promise<void> {
  // Lambda's time zone.
  process.env.TZ = 'UTC';
  try {
    const [first = '', ...rest] = args;
    if (Object.hasOwn(SUBCOMMANDS, first)) return await SUBCOMMANDS[first]!(rest, command);
    const options = readOptions(args, command.name, command.folder === undefined);
    if (options.help) process.stdout.write(command.usage + OPTIONS_HELP);
    else if (options.version) process.stdout.write(`${version}\n`);
    else await serveUntilStopped(options, command);
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exit(1);
  }
}

async function serveUntilStopped(options: Options, command: Command): Promise<void> {
  if (options.reset && !(await confirmReset(options))) throw new Error('nothing was deleted');
  const stopping = new AbortController();
  const { log, flush } = createLog({ ...options, stream: process.stdout });
  process.on('exit', flush);
  const folder = command.folder ?? options.folder ?? (existsSync('cdktf.out') ? 'cdktf.out' : '.');
  const starting = (async () => {
    await command.make?.();
    stopping.signal.throwIfAborted();
    const dataDirectory = options.inMemory ? undefined : options.dataDirectory;
    return serve({
      ...options,
      dataDirectory,
      tableBrowserPort: TABLE_BROWSER_PORT,
      environment: process.env,
      folder,
      log,
      signal: stopping.signal,
    });
  })();
  let isReady = false;
  const stop = (signal: 'SIGINT' | 'SIGTERM' | 'SIGHUP') => {
    // A terminal's Ctrl-C comes twice: to every process of the group, and once more from npm.
    if (stopping.signal.aborted) return;
    stopping.abort();
    // Whoever waits for it to be ready must not take an interrupted start for one.
    process.exitCode = isReady ? 0 : BY_SIGNAL + constants.signals[signal];
    setTimeout(() => process.exit(), PATIENCE_MS);
    void starting.then((cloud) => end(cloud, options)).finally(() => process.exit());
  };
  process.on('SIGINT', stop).on('SIGTERM', stop).on('SIGHUP', stop);
  // Whoever read the log has gone, as `head` does.
  process.stdout.on('error', () => {
    stop('SIGHUP');
  });
  whenNpmEnds(() => {
    stop('SIGTERM');
  });

  const cloud = await starting.catch((error: unknown) => {
    if (!stopping.signal.aborted) throw error;
  });
  if (!cloud || stopping.signal.aborted) return;
  const watched = command.watch(folder);
  if (watched && (options.watch ?? process.stdout.isTTY)) {
    // Before anyone is told to go on: an edit may follow at once.
    await watch(watched, served(cloud, command, options), (message) => {
      cloud.log({ type: 'notice', level: 'warn', message });
    });
  }
  // What was logged meanwhile stands before it.
  flush();
  announce(options, cloud);
  isReady = true;
}

async function end(cloud: Cloud, { iamReport }: Options): Promise<void> {
  try {
    if (iamReport !== undefined) writeIamReport(cloud.accessReport(), iamReport);
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = 1;
  } finally {
    await cloud.close();
  }
}

/** Serves a change; when that fails, it says why, and what was served before goes on. */
function served(cloud: Cloud, { make }: Command, { outputsFile, includeSensitiveOutputs }: Options) {
  const serveAgain = async () => {
    await make?.();
    await cloud.reload();
  };
  return async (files: readonly string[]): Promise<void> => {
    const startedAt = performance.now();
    const known = new Set(cloud.model().stacks.map(({ id }) => id));
    try {
      await serveAgain().catch(async (error: unknown) => {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
        // A synth of somebody else's replaces what is being read.
        await sleep(SYNTH_MS);
        await serveAgain();
      });
      if (outputsFile !== undefined) writeOutputs(cloud.model(), outputsFile, includeSensitiveOutputs);
      const milliseconds = (performance.now() - startedAt).toFixed(0);
      const message = `serving the change of ${files.join(', ')} after ${milliseconds} ms`;
      const added = { stacks: cloud.model().stacks.filter(({ id }) => !known.has(id)) };
      const lines = [message, ...(added.stacks.length > 0 ? [summary(added, cloud.url).trimEnd()] : [])];
      cloud.log({ type: 'notice', level: 'info', message: lines.join('\n') });
    } catch (error) {
      const message = `${messageOf(error)}\nserving what was there before`;
      cloud.log({ type: 'notice', level: 'error', message });
    }
  };
}

function announce(options: Options, cloud: Cloud): void {
  const { outputsFile, includeSensitiveOutputs, iamReport, json, quiet } = options;
  const { url, databaseEndpoint, model } = cloud;
  if (outputsFile !== undefined) writeOutputs(model(), outputsFile, includeSensitiveOutputs);
  // A file that cannot be written is told now, not at the end.
  if (iamReport !== undefined) writeIamReport(cloud.accessReport(), iamReport);
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
