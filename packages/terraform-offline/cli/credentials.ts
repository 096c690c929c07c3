import { existsSync } from 'node:fs';
import { credentialsFor } from '../iam/credentials';
import { loadModel } from '../terraform/load';
import { identitiesOf, type Model } from '../terraform/model/stack';
import { readOptions } from './options';

const usage = (name: string) => `Usage: ${name} credentials <role or user> [folder] [options]

Prints local credentials of a role or user of the configuration, for DynamoDB, Lambda and
routes that want a signature; they open nothing on AWS.

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
function credentialsOf(model: Model, wanted: string) {
  const identities = identitiesOf(model);
  const found = identities.find(({ name, arn }) => name === wanted || arn === wanted);
  if (found) return credentialsFor(found);
  const known = identities.map(({ name }) => name).join(', ');
  throw new Error(
    known === ''
      ? 'there are no functions here, and nothing wants a signature'
      : `there is no role or user ${wanted} here: there are ${known}`,
  );
}
