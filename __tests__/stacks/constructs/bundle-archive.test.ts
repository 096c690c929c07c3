import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { bundleArchive } from '../../../stacks/constructs/bundle-archive';
import { synthesize } from '../../support/synth';

const project = process.cwd();
const { BUILD_DIR } = process.env;
const folder = mkdtempSync(path.join(tmpdir(), 'unbuilt-'));

beforeAll(() => {
  mkdirSync(path.join(folder, 'functions/notes'), { recursive: true });
  writeFileSync(path.join(folder, 'functions/notes/list-notes.ts'), '');
  mkdirSync(path.join(folder, 'functions/test/layer'), { recursive: true });
  writeFileSync(path.join(folder, 'functions/test/layer/tools.ts'), '');
  process.chdir(folder);
  delete process.env.BUILD_DIR;
});
afterAll(() => {
  process.chdir(project);
  process.env.BUILD_DIR = BUILD_DIR;
  rmSync(folder, { recursive: true });
});

const archive = (bundle: string) => () => synthesize((stack) => void bundleArchive(stack, bundle, 'code'));

test.each(['functions/notes/list-notes', 'layers/tools'])(
  'a bundle that was not built is refused with how to build it: %s',
  (bundle) => {
    expect(archive(bundle)).toThrow(
      `test: there is no bundle build/${bundle}; run "npm run build", or correct the bundle's name`,
    );
  },
);

test.each([
  ['functions/notes/lost', 'functions/notes/lost.ts'],
  ['layers/lost', 'functions/test/layer/lost.ts'],
])('a bundle of nothing is refused with what is missing: %s', (bundle, source) => {
  expect(archive(bundle)).toThrow(
    `test: there is no bundle build/${bundle}; add ${source}, or correct the bundle's name`,
  );
});
