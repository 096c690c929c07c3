import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { outputFolder } from '../project-root';
import { requireTerraform } from '../terraform/requirements';
import { stacksOf, type SynthesizedStack } from '../terraform/stacks';
import { terraform } from '../terraform/terraform';
import { parseConfiguration, type Configuration } from './configuration';
import { parsePlan, type PlanJson } from './plan-json';

/** A plan ready for review. */
export interface NamedPlan {
  /** The stack, or else the file the plan came from. */
  readonly name: string;
  readonly plan: PlanJson;
  readonly configuration?: Configuration;
}

/** The file a plan is written to, in its stack's folder: cdktf's own name for it. */
const PLAN_FILE = 'plan';

/**
 * Plans synthesized stacks, one after the other.
 * @param names of stacks; none means all
 * @throws when there is no such stack, or Terraform cannot plan here
 */
export async function makePlans(names: readonly string[]): Promise<NamedPlan[]> {
  await requireTerraform();
  const plans: NamedPlan[] = [];
  for (const { name, folder } of select(stacksOf(outputFolder()), names)) {
    console.error(`${name}: planning`);
    await terraform(['init', '-input=false'], folder);
    await terraform(['plan', '-input=false', '-lock-timeout=2m', `-out=${PLAN_FILE}`], folder);
    plans.push(await readPlan(path.join(folder, PLAN_FILE)));
  }
  return plans;
}

/**
 * Reads a plan: Terraform's own file, for which its folder is initialised without its state if need be, or JSON. The
 * configuration is the `cdk.tf.json` beside it, if there is one.
 */
export async function readPlan(file: string): Promise<NamedPlan> {
  const folder = path.dirname(path.resolve(file));
  const synthesized = path.join(folder, 'cdk.tf.json');
  const isSynthesized = existsSync(synthesized);
  return {
    // CDK for Terraform calls the folder after the stack.
    name: isSynthesized ? path.basename(folder) : file,
    plan: parsed(file, await planText(file, folder)),
    ...(isSynthesized && { configuration: parseConfiguration(readFileSync(synthesized, 'utf8')) }),
  };
}

function parsed(file: string, text: string): PlanJson {
  try {
    return parsePlan(text);
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`, { cause: error });
  }
}

async function planText(file: string, cwd: string): Promise<string> {
  const contents = readFileSync(file);
  if (!contents.subarray(0, 2).equals(ZIP)) return contents.toString();
  if (!existsSync(path.join(cwd, '.terraform'))) {
    await terraform(['init', '-backend=false', '-input=false'], cwd);
  }
  return terraform(['show', '-json', path.basename(file)], cwd);
}

/** A plan file of Terraform's is a zip archive. */
const ZIP = Buffer.from('PK');

function select(stacks: SynthesizedStack[], names: readonly string[]): SynthesizedStack[] {
  const unknown = names.find((name) => stacks.every((stack) => stack.name !== name));
  if (unknown !== undefined) {
    const known = stacks.map(({ name }) => name).join(', ');
    throw new Error(`there is no stack ${unknown}; cdktf.out has ${known}`);
  }
  return names.length === 0 ? stacks : stacks.filter(({ name }) => names.includes(name));
}
