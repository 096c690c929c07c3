import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Project } from '../project-root';
import { bundleOf, sourceMapOf } from './functions';

interface SourceMap {
  readonly sources: readonly string[];
}

/**
 * The bundles' source maps as the local cloud finds them: by what the bundles hold.
 * @param folder where they will stand
 */
export function sourceMaps(
  handlers: readonly string[],
  project: Project,
  folder: string,
): [name: string, map: Uint8Array][] {
  return handlers.map((handler) => {
    const bundle = readFileSync(path.join(bundleOf(handler, project), 'index.mjs'));
    const digest = createHash('sha256').update(bundle);
    return [`${digest.digest('hex')}.map`, relocated(sourceMapOf(handler, project), folder)];
  });
}

/** A map names its sources from its own folder. */
function relocated(file: string, folder: string): Uint8Array {
  const map = JSON.parse(readFileSync(file, 'utf8')) as SourceMap;
  const sources = map.sources.map((source) =>
    path.relative(folder, path.resolve(path.dirname(file), source)),
  );
  return Buffer.from(JSON.stringify({ ...map, sources }));
}
