import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { buildSync } from 'esbuild';

const projectRoot = path.resolve(__dirname, '../../..');

/** The command, as one file that Node.js runs. */
export function buildProgram(): string {
  const outfile = path.join(projectRoot, 'packages/dynamodb-offline/dist/tests', `cli-${process.pid}.js`);
  buildSync({
    entryPoints: [path.join(projectRoot, 'packages/dynamodb-offline/cli.ts')],
    bundle: true,
    platform: 'node',
    packages: 'external',
    outfile,
  });
  return outfile;
}

/** A folder of its own, and how to remove it. */
export function temporaryFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'dynamodb-offline-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface Program {
  readonly endpoint: string;
  /** What it has said of itself on its error output. */
  readonly complaints: () => string;
  call(
    operation: string,
    request: object,
  ): Promise<{ readonly status: number; readonly body: Record<string, unknown> }>;
  /** Ends it; resolves to its exit code, or to the signal that ended it. */
  end(signal: NodeJS.Signals): Promise<number | string>;
}

/**
 * Runs it until it says where it is.
 * @param shell what a shell does before it becomes the program
 * @throws what it says when it ends instead
 */
export async function runProgram(file: string, args: readonly string[], shell = ''): Promise<Program> {
  const command = [process.execPath, file, '--port', '0', ...args].map((word) => `'${word}'`).join(' ');
  const child = spawn('sh', ['-c', `${shell} exec ${command}`], { stdio: ['ignore', 'pipe', 'pipe'] });
  let complaints = '';
  child.stderr.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  const ended = once(child, 'close').then(() => {
    throw new Error(complaints);
  });
  const [line] = (await Promise.race([once(createInterface(child.stdout), 'line'), ended])) as [string];
  ended.catch(() => undefined);
  const endpoint = /http:\S+(?=,)/.exec(line)![0];
  return {
    endpoint,
    complaints: () => complaints,
    call: (operation, request) => call(endpoint, operation, request),
    end: (signal) => end(child, signal),
  };
}

async function call(endpoint: string, operation: string, request: object) {
  const answer = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-date': '20261129T000000Z',
      'x-amz-target': `${/Stream|Shard|Records/.test(operation) ? 'DynamoDBStreams' : 'DynamoDB'}_20120810.${operation}`,
      authorization:
        'AWS4-HMAC-SHA256 Credential=a/20261129/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
    },
    body: JSON.stringify(request),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | string> {
  const ended = child.exitCode ?? child.signalCode;
  if (ended !== null) return ended;
  const closed = once(child, 'close');
  child.kill(signal);
  const [code, by] = (await closed) as [number | null, string | null];
  return code ?? by!;
}
