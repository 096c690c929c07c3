import type { BuildFailure } from 'esbuild';
import { formatMessages } from 'esbuild';
import { bundleApp } from './bundle/app';
import { bundleFunctions } from './bundle/functions';
import { bundleLayers } from './bundle/layers';
import { whenChanged } from './bundle/when-changed';

/** Bundles everything that changed since the last time. Rejects with what the compiler says, file and line included. */
export async function build(): Promise<void> {
  try {
    await Promise.all([
      whenChanged('functions', bundleFunctions),
      whenChanged('layers', bundleLayers),
      whenChanged('app', bundleApp),
    ]);
  } catch (error) {
    throw isBuildFailure(error) ? new Error(await explain(error)) : error;
  }
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error;
}

async function explain({ errors }: BuildFailure): Promise<string> {
  const lines = await formatMessages(errors, { kind: 'error', color: process.stderr.isTTY });
  return lines.join('').trimEnd();
}

/** Runs a step of a program: what it rejects with is printed without a stack, and the exit code is 1. */
export async function run(step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

if (require.main === module) void run(build);
