import { existsSync } from 'node:fs';
import { callersOf } from '../iam/callers';
import { loadModel } from '../terraform/load';
import type { Model } from '../terraform/model/stack';
import { readOptions } from './options';

const usage = (name: string) => `Usage: ${name} credentials <role or user> [folder] [options]

Prints local credentials of a role or user of the configuration, for routes that want a
signature; they open nothing on AWS.

  --json                     as a credential_process prints them; default: lines for a shell
  --var, --var-file, --value as for serving
`;

/** The command that it belongs to: how it is called, and what it serves, unless that is named. */
interface Serving {
  readonly name: string;
  readonly folder?: string;
}

/**
 * Prints the credentials of a role or user.
 * @throws an error of one line for wrong options, or where there is no such role or user
 */
export async function printCredentials(args: readonly string[], command: Serving): Promise<void> {
  const isHelp = args.includes('--help') || args.includes('-h');
  process.stdout.write(isHelp ? usage(command.name) : await credentialsText(args, command));
}

async function credentialsText([wanted, ...rest]: readonly string[], command: Serving): Promise<string> {
  if (wanted === undefined || wanted.startsWith('-')) {
    throw new Error('whose credentials? Name a role or a user: see credentials --help');
  }
  const options = readOptions(rest, `${command.name} credentials`, command.folder === undefined);
  const folder = command.folder ?? options.folder ?? (existsSync('cdktf.out') ? 'cdktf.out' : '.');
  const { vars, varFiles, values } = options;
  const model = await loadModel(folder, { vars, varFiles, values, environment: process.env });
  const { accessKeyId, secretAccessKey, sessionToken } = credentialsOf(model, wanted);
  if (options.json) {
    return `${JSON.stringify({
      Version: 1,
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
    })}\n`;
  }
  const region = model.stacks[0]?.region ?? 'us-east-1';
  const lines = {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_REGION: region,
  };
  return Object.entries(lines)
    .map(([name, value]) => `export ${name}='${value}'\n`)
    .join('');
}

/** By name or ARN. */
function credentialsOf({ stacks }: Model, wanted: string) {
  const principals = stacks.flatMap((stack) => stack.principals ?? []);
  const found = principals.find(({ name, arn }) => name === wanted || arn === wanted);
  if (found) return [...callersOf([found]).values()].at(-1)!.credentials;
  const known = principals.map(({ name }) => name).join(', ');
  throw new Error(
    known === ''
      ? 'nothing that is served here wants a signature: no route has AWS_IAM'
      : `there is no role or user ${wanted} here: there are ${known}`,
  );
}
