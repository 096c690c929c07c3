import { build as esbuild } from 'esbuild';
import { type Compile, explained } from './compile';
import { bundleFunctions } from './functions';
import { handlers } from './handlers';
import { bundleLayers } from './layers';
import { writeSourceMaps } from './source-maps';
import { synthesize } from './synthesize';

/**
 * Bundles the functions and the layer. Rejects with what the compiler says, file and line included.
 * @param compile default: esbuild's `build`
 * @returns the handlers: `data-api/store-data`
 */
export async function build(compile: Compile = esbuild): Promise<readonly string[]> {
  try {
    const names = await handlers(compile);
    await Promise.all([bundleFunctions(names, compile), bundleLayers(compile)]);
    return names;
  } catch (error) {
    throw await explained(error);
  }
}

/** Makes `cdktf.out` what the sources say. Rejects with what the compiler or the app says. */
export async function buildAndSynthesize(compile: Compile = esbuild): Promise<void> {
  const handlers = await build(compile);
  await synthesize(compile);
  writeSourceMaps(handlers);
}
