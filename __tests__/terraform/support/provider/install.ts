import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { outputFolder } from '../../../../tools/project-root';
import { terraform } from '../../../../tools/terraform/terraform';
import { adapt, readStack } from '../adapt';

/** Installs the AWS provider that the stacks ask for in a folder, and returns its program. */
export async function installProvider(folder: string): Promise<string> {
  const { aws } = readStack(path.join(outputFolder(), 'stacks/data-api')).terraform.required_providers;
  const configuration = { terraform: { required_providers: { aws } } };
  writeFileSync(path.join(folder, 'cdk.tf.json'), JSON.stringify(configuration));
  adapt(folder);
  await terraform(['init', '-input=false'], folder);
  const versions = path.join(folder, '.terraform/providers/registry.terraform.io/hashicorp/aws');
  const [version] = readdirSync(versions);
  const [platform] = readdirSync(path.join(versions, version!));
  const files = path.join(versions, version!, platform!);
  const program = readdirSync(files).find((name) => name.startsWith('terraform-provider-'));
  return path.join(files, program!);
}
