import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { defaults } from '../stacks/environment';
import { settingsTable } from '../stacks/environment/settings-table';
import { projectRoot } from './project-root';
import { run } from './run';

/** Writes the README's table of settings. */
void run(async () => {
  const readme = path.join(projectRoot, 'README.md');
  const text = readFileSync(readme, 'utf8');
  const place = /(?<=<!-- settings -->\n)[^]*(?=<!-- end of settings -->)/;
  if (!place.test(text)) throw new Error('README.md has no place for the table of settings');
  const written = text.replace(place, () => `\n${settingsTable(defaults)}\n`);
  writeFileSync(readme, await format(written, { ...(await resolveConfig(readme)), parser: 'markdown' }));
});
