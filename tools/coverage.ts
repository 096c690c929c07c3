import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { coverageMatrix } from './coverage/matrix';
import { projectRoot } from './project-root';
import { run } from './run';

/** Writes what is served, of which resource, into the local cloud's README. */
void run(() => {
  const readme = path.join(projectRoot, 'packages/terraform-offline/README.md');
  const text = readFileSync(readme, 'utf8');
  const place = /(?<=<!-- coverage -->\n)[^]*(?=<!-- end of coverage -->)/;
  if (!place.test(text)) throw new Error('the README has no place for the table of coverage');
  writeFileSync(
    readme,
    text.replace(
      place,
      () => `<!-- prettier-ignore-start -->\n\n${coverageMatrix()}\n<!-- prettier-ignore-end -->\n`,
    ),
  );
  return Promise.resolve();
});
