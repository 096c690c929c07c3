import { createHash } from 'node:crypto';
import type { BuildFailure } from 'esbuild';
import { build as esbuild, formatMessages } from 'esbuild';
import { bundleMain, bundleVendor } from './app';
import type { Compile } from './compiler';
import { functionEntries } from './entries';
import { bundleFunctions, removeOtherFunctions } from './functions';
import { bundleLayers, layers } from './layers';
import { vendorModules } from './vendor-modules';
import { whenChanged } from './when-changed';

/**
 * Bundles everything that changed since the last time. Rejects with what the compiler says, file and line included.
 * @param compile default: esbuild's `build`
 */
export async function build(compile: Compile = esbuild): Promise<void> {
  try {
    const handlers = functionEntries();
    await Promise.all([
      whenChanged('app', ['main'], () => bundleMain(compile)),
      buildVendor(compile),
      whenChanged('functions', handlers, (changed) => bundleFunctions(changed, compile)),
      whenChanged('layers', layers, (changed) => bundleLayers(changed, compile)),
    ]);
    removeOtherFunctions(handlers);
  } catch (error) {
    throw isBuildFailure(error) ? new Error(await explain(error)) : error;
  }
}

/** Other modules make another bundle: their list is part of its name. */
function buildVendor(compile: Compile): Promise<void> {
  const modules = vendorModules();
  const unit = `vendor-${createHash('sha256').update(modules.join()).digest('hex').slice(0, 8)}`;
  return whenChanged('app', [unit], async () => new Map([[unit, await bundleVendor(modules, compile)]]));
}

function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error;
}

async function explain({ errors }: BuildFailure): Promise<string> {
  // To leave a package out of the bundle is no way out here, though esbuild recommends it.
  const messages = errors.map((error) => ({
    ...error,
    notes: error.notes.filter(({ text }) => !text.includes('as external')),
  }));
  const lines = await formatMessages(messages, { kind: 'error', color: process.stderr.isTTY });
  return lines.join('').trimEnd();
}
