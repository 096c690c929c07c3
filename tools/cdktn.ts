import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { buildAndSynthesize } from './build/build';
import { compareStacks, type StackJson } from './cdktn/compare';
import { migrate, PACKAGES } from './cdktn/migrate';
import { run } from './run';
import { outputFolder } from './project-root';
import { stacksOf, type SynthesizedStack } from './terraform/stacks';

const execute = promisify(execFile);

/** Synthesizes the same stacks with CDK Terrain, and fails when they come out otherwise. Needs the npm registry. */
async function compareWithCdktn(parent: string): Promise<void> {
  const app = migrate(parent);
  console.log(`installing ${PACKAGES.join(', ')} in ${app}`);
  const install = ['install', '--no-audit', '--no-fund', '--no-save', '--ignore-scripts', ...PACKAGES];
  await execute('npm', install, { cwd: app });
  await execute(process.execPath, ['tools/ts.mjs', 'tools/synth.ts'], { cwd: app });
  await buildAndSynthesize();
  const after = stacksOf(path.join(app, 'cdktf.out'));
  const different = stacksOf(outputFolder()).filter((stack) => !isSame(stack, after));
  if (different.length > 0) throw new Error('CDK Terrain synthesizes other stacks: see above');
}

function isSame(stack: SynthesizedStack, others: readonly SynthesizedStack[]): boolean {
  const other = others.find(({ name }) => name === stack.name);
  if (!other) throw new Error(`CDK Terrain synthesized no stack ${stack.name}`);
  const { differences, versions } = compareStacks(read(stack), read(other));
  const verdict = differences.length === 0 ? 'the same' : `different at ${differences.join(', ')}`;
  console.log(`${stack.name}: ${verdict}; provider versions ${versions.join(', ')}`);
  return differences.length === 0;
}

function read({ folder }: SynthesizedStack): StackJson {
  return JSON.parse(readFileSync(path.join(folder, 'cdk.tf.json'), 'utf8')) as StackJson;
}

void run(async () => {
  const parent = mkdtempSync(path.join(tmpdir(), 'cdktn-'));
  try {
    await compareWithCdktn(parent);
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
});
