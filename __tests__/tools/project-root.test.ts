import path from 'node:path';
import { buildFolder, outputFolder, projectRoot } from '../../tools/project-root';

const { BUILD_DIR, CDKTF_OUTDIR } = process.env;

afterEach(() => {
  process.env.BUILD_DIR = BUILD_DIR;
  process.env.CDKTF_OUTDIR = CDKTF_OUTDIR;
});

it.each(['', '.', '..', '/', projectRoot])('never writes over the sources: %j', (folder) => {
  process.env.BUILD_DIR = folder;
  process.env.CDKTF_OUTDIR = folder;

  expect(buildFolder).toThrow(`BUILD_DIR is ${path.resolve(projectRoot, folder)}, where the sources stand`);
  expect(outputFolder).toThrow(
    `CDKTF_OUTDIR is ${path.resolve(projectRoot, folder)}, where the sources stand`,
  );
});

it.each([
  ['made', path.join(projectRoot, 'made')],
  [`${projectRoot}-made`, `${projectRoot}-made`],
  ['/tmp/made', '/tmp/made'],
])('writes to %s', (folder, expected) => {
  process.env.BUILD_DIR = folder;
  process.env.CDKTF_OUTDIR = folder;

  expect([buildFolder(), outputFolder()]).toEqual([expected, expected]);
});
