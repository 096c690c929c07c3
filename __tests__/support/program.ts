import { existsSync } from 'node:fs';
import path from 'node:path';
import { buildFolder, projectRoot } from '../../tools/project-root';

const SETTINGS = path.join(projectRoot, 'tools/node-settings.cjs');

/**
 * The words that run one of the repository's programs: those of its script; once one has run, of what it was bundled to.
 * @param source such as `tools/start.ts`
 */
export function program(source: string): [command: string, ...args: string[]] {
  const bundled = path.join(buildFolder(), 'programs', source.replace(/\.ts$/, '.js'));
  if (existsSync(bundled)) return [process.execPath, '--require', SETTINGS, bundled];
  return [process.execPath, 'tools/ts.mjs', source];
}
