import { existsSync, readFileSync } from 'node:fs';
import { lookup } from 'node:dns/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { projectRoot } from '../project-root';
import { terraform } from './terraform';

/** The first Terraform that locks a state in S3 without a table. */
const OLDEST = '1.11.0';

const REGISTRY = 'registry.terraform.io';

/**
 * Makes sure that Terraform can plan and apply on this machine.
 * @throws one sentence: what is missing, and what to do
 */
export async function requireTerraform(): Promise<void> {
  const { terraform_version: version } = JSON.parse(await terraform(['version', '-json'], projectRoot)) as {
    terraform_version: string;
  };
  if (version.localeCompare(OLDEST, 'en', { numeric: true }) < 0) {
    throw new Error(`the terraform on the PATH is ${version}: install Terraform 1.11 or later`);
  }
  if (!hasProviderMirror()) await requireRegistry();
  await requireCredentials();
}

/** Behind a proxy, only the proxy knows the name. */
async function requireRegistry(): Promise<void> {
  if (process.env.HTTPS_PROXY ?? process.env.https_proxy) return;
  await lookup(REGISTRY).catch((error: unknown) => {
    throw new Error(
      `${REGISTRY}, where Terraform gets its providers, cannot be found (${(error as NodeJS.ErrnoException).code}): ` +
        'connect to the network, or use a mirror of the providers as docs/deployment.md says',
    );
  });
}

async function requireCredentials(): Promise<void> {
  await defaultProvider()().catch((error: unknown) => {
    throw new Error(
      `there are no AWS credentials (${(error as Error).message}): sign in with "aws configure" or "aws sso login", ` +
        'and set AWS_PROFILE to a profile that has them',
    );
  });
}

/**
 * Whether Terraform is told to get providers from elsewhere than their registry.
 * https://developer.hashicorp.com/terraform/cli/config/config-file#provider-installation
 */
export function hasProviderMirror(env = process.env): boolean {
  const { HOME = homedir(), TF_CLI_ARGS_init: options = '' } = env;
  const settings = env.TF_CLI_CONFIG_FILE ?? path.join(HOME, '.terraformrc');
  if (options.includes('-plugin-dir')) return true;
  if (existsSync(settings) && /^\s*"?provider_installation\b/m.test(readFileSync(settings, 'utf8')))
    return true;
  // Where Terraform looks without being told.
  const data = env.XDG_DATA_HOME ?? path.join(HOME, '.local/share');
  return [
    path.join(HOME, '.terraform.d/plugins'),
    path.join(data, 'terraform/plugins'),
    path.join(HOME, 'Library/Application Support/io.terraform/plugins'),
    '/Library/Application Support/io.terraform/plugins',
    '/usr/local/share/terraform/plugins',
    '/usr/share/terraform/plugins',
  ].some((folder) => existsSync(folder));
}
