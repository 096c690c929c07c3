import { utimesSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { synthesize } from '../../tools/build/synthesize';
import { Checkout } from '../support/checkout';

const plain = new Checkout('plain');
const spaced = new Checkout('a folder with spaces');

beforeAll(async () => {
  for (const file of Object.keys(spaced.files('functions'))) {
    utimesSync(path.join(spaced.root, 'functions', file), 0, 0);
  }
  for (const checkout of [plain, spaced]) {
    expect(await checkout.run('tools/synth.ts')).toMatchObject({ code: 0, stdout: '' });
  }
});

afterAll(() => {
  plain.remove();
  spaced.remove();
});

test.each(['build/functions', 'cdktf.out'])(
  '%s is the same to the byte in every folder, whenever its files were touched',
  (folder) => {
    const files = plain.files(folder);
    expect(Object.keys(files).length).toBeGreaterThan(1);
    expect(spaced.files(folder)).toEqual(files);
  },
);

test('cdktf.out can be carried elsewhere: it holds its bundles and no path of this machine', () => {
  const files = plain.files('cdktf.out');
  for (const [name, contents] of Object.entries(files)) {
    expect([name, contents.includes(path.dirname(plain.root))]).toEqual([name, false]);
  }
  const stack = JSON.parse(files['stacks/data-api/cdk.tf.json']!) as {
    data: { archive_file: Record<string, { source_dir: string; output_path: string }> };
  };
  for (const { source_dir, output_path } of Object.values(stack.data.archive_file)) {
    expect(files).toHaveProperty([`stacks/data-api/${source_dir}/index.mjs`]);
    expect(path.isAbsolute(output_path)).toBe(false);
  }
});

test('what an earlier synth left behind is gone after the next', async () => {
  plain.write('cdktf.out/stacks/removed/cdk.tf.json', '{}');
  plain.write('cdktf.out/stacks/data-api/assets/Removed_code_00000000/bundle/index.mjs', '');
  plain.write('cdktf.out/stacks/data-api/.terraform/kept', '');
  await synthesize(plain.project, build);
  const files = Object.keys(plain.files('cdktf.out'));
  expect(files.filter((file) => /removed/i.test(file))).toEqual([]);
  expect(files).toContain('stacks/data-api/.terraform/kept');
});
