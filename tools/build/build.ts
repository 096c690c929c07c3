import path from 'node:path';
import { build as esbuild } from 'esbuild';
import { type Project, thisProject } from '../project-root';
import { type Compile, explained } from './compile';
import { type System, systems } from './contracts';
import { examplesJson } from './examples';
import { bundleFunctions, handlersOf } from './functions';
import { bundleLayers } from './layers';
import { sourceMaps } from './source-maps';
import { synthesize } from './synthesize';
import { writeFiles } from './write-files';

/**
 * Bundles the functions and the layers. Rejects with what the compiler says, file and line included.
 * @param project default: this one
 * @param compile default: esbuild's `build`
 */
export async function build(
  project: Project = thisProject(),
  compile: Compile = esbuild,
): Promise<readonly System[]> {
  try {
    const all = await systems(project, compile);
    await Promise.all([bundleFunctions(all, project, compile), bundleLayers(all, project, compile)]);
    return all;
  } catch (error) {
    throw await explained(error);
  }
}

/** Makes `cdktf.out` what the sources say. Rejects with what the compiler or the app says. */
export async function buildAndSynthesize(
  project: Project = thisProject(),
  compile: Compile = esbuild,
): Promise<void> {
  const systems = await build(project, compile);
  await synthesize(project, compile);
  await addForLocalCloud(systems, project, compile).catch(async (error: unknown) => {
    throw await explained(error);
  });
}

/** What the local cloud cannot know from the Terraform: `cdktf.out/terraform-offline`. */
async function addForLocalCloud(
  systems: readonly System[],
  project: Project,
  compile: Compile,
): Promise<void> {
  const folder = path.join(project.outputFolder, 'terraform-offline');
  const maps = sourceMaps(handlersOf(systems), project, path.join(folder, 'source-maps'));
  writeFiles(
    folder,
    new Map([
      ...maps.map(([name, map]): [string, Uint8Array] => [path.join('source-maps', name), map]),
      ['examples.json', await examplesJson(project, compile)],
    ]),
  );
}
