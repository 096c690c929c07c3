import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Configuration } from './configuration/configuration';
import type { Computed } from './configuration/resource';
import { configurationFiles } from './sources/files';
import { readModuleTree } from './sources/module-tree';
import { readVariableValues, type VariableOptions } from './sources/variable-values';

export interface LoadOptions extends VariableOptions {
  /** Values that only an account knows: `data.aws_ssm_parameter.name.value`, or any other attribute, and its value. */
  readonly values?: Readonly<Record<string, string>>;
  /** What AWS would compute for an attribute that is not set. Default: nothing is known. */
  readonly computed?: Computed;
  /** Where a configuration's APIs answer, without the stage and without a slash at the end. Default: AWS's own host names. */
  readonly endpointOf?: (id: string) => string;
  /** Told of a configuration that cannot be parsed, which is left out then. Default: that is thrown. */
  readonly unreadable?: (id: string, error: unknown) => void;
  /** Default: `TF_WORKSPACE` of the environment, what `terraform workspace select` chose, or `default`. */
  readonly workspace?: string;
}

/** A folder that is a configuration by itself. */
interface Source {
  readonly id: string;
  readonly folder: string;
  /** A stack of CDKTF: errors name it rather than its one file. */
  readonly isStack: boolean;
}

/**
 * Reads what Terraform would read: a `cdktf.out`, one stack of it, the folder of a CDKTF application, or a folder of
 * `.tf` and `.tf.json` files.
 * @throws when there is none of these, or a file cannot be parsed. All else is thrown where the value is read.
 */
export async function loadConfigurations(
  folder: string,
  options: LoadOptions = {},
): Promise<readonly Configuration[]> {
  const sources = sourcesIn(path.resolve(folder));
  const now = new Date();
  const configurations: Configuration[] = [];
  for (const { id, folder: root, isStack } of sources) {
    const { environment = {}, unreadable } = options;
    const tree = await readModuleTree(root).catch((error: unknown) => {
      if (!unreadable) throw error;
      unreadable(id, error);
    });
    if (!tree) continue;
    configurations.push(
      new Configuration({
        id,
        ...(isStack && { origin: id }),
        tree,
        variables: await readVariableValues(root, options),
        values: options.values ?? {},
        computed: options.computed ?? (() => undefined),
        endpoint: options.endpointOf?.(id),
        workspace: options.workspace ?? environment.TF_WORKSPACE ?? selectedWorkspace(root),
        defaultRegion: environment.AWS_REGION ?? environment.AWS_DEFAULT_REGION ?? 'us-east-1',
        now,
        served: () => configurations,
      }),
    );
  }
  return configurations;
}

function sourcesIn(folder: string): readonly Source[] {
  const stacks = stacksOf(folder);
  if (stacks.length > 0) return stacks;
  const names = configurationFiles(folder);
  const id = path.basename(folder);
  if (names.includes('cdk.tf.json')) return [{ id, folder, isStack: true }];
  if (names.length > 0) return [{ id, folder, isStack: false }];
  const synthesized = stacksOf(path.join(folder, 'cdktf.out'));
  if (synthesized.length > 0) return synthesized;
  throw new Error(
    `there is no Terraform in ${folder}: neither .tf files nor stacks of CDKTF, which "cdktf synth" writes`,
  );
}

function stacksOf(cdktfOut: string): readonly Source[] {
  const stacks = path.join(cdktfOut, 'stacks');
  if (!existsSync(stacks)) return [];
  return readdirSync(stacks)
    .sort()
    .map((id) => ({ id, folder: path.join(stacks, id), isStack: true }))
    .filter(({ folder }) => existsSync(path.join(folder, 'cdk.tf.json')));
}

function selectedWorkspace(folder: string): string {
  const file = path.join(folder, '.terraform', 'environment');
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : 'default';
}
