import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { outputFolder } from '../project-root';
import { bundleOf, sourceMapOf } from './functions';
import { writeFiles } from './write-files';

interface SourceMap {
  readonly sources: readonly string[];
}

/** Lays the bundles' source maps where the local cloud finds them: by what the bundles hold. */
export function writeSourceMaps(handlers: readonly string[]): void {
  const folder = path.join(outputFolder(), 'terraform-offline', 'source-maps');
  const maps = handlers.map((handler): [string, Uint8Array] => {
    const digest = createHash('sha256').update(readFileSync(path.join(bundleOf(handler), 'index.mjs')));
    return [`${digest.digest('hex')}.map`, relocated(sourceMapOf(handler), folder)];
  });
  writeFiles(folder, new Map(maps));
}

/** A map names its sources from its own folder. */
function relocated(file: string, folder: string): Uint8Array {
  const map = JSON.parse(readFileSync(file, 'utf8')) as SourceMap;
  const sources = map.sources.map((source) =>
    path.relative(folder, path.resolve(path.dirname(file), source)),
  );
  return Buffer.from(JSON.stringify({ ...map, sources }));
}
