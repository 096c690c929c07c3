import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runtimeFolder } from '../../../../packages/terraform-offline/lambda/runtimes/node/sdk';

const root = realpathSync(mkdtempSync(path.join(tmpdir(), 'sdk-')));
afterAll(() => {
  rmSync(root, { recursive: true });
});

/** A folder with packages beside it. */
function folderWith(name: string, ...packages: readonly string[]): string {
  const folder = path.join(root, name);
  mkdirSync(path.join(folder, 'node_modules'), { recursive: true });
  for (const one of packages) {
    mkdirSync(path.join(folder, 'node_modules', one), { recursive: true });
    writeFileSync(path.join(folder, 'node_modules', one, 'package.json'), '{}');
  }
  return folder;
}

/** What is found, and where it is. */
function found(...folders: readonly string[]): Record<string, string> {
  const modules = path.join(runtimeFolder(root, folders), 'node_modules');
  const names = readdirSync(modules).flatMap((scope) =>
    readdirSync(path.join(modules, scope)).map((name) => `${scope}/${name}`),
  );
  return Object.fromEntries(names.map((name) => [name, realpathSync(path.join(modules, name))]));
}

it('finds the packages of the SDK, each where it is found first, and no other', () => {
  const near = folderWith('far/near', '@aws-sdk/client-sqs', '@smithy/core', 'zod', '@other/tool');
  folderWith('far', '@aws-sdk/client-sqs', '@aws-sdk/client-sns');
  const beside = folderWith('beside', '@aws-sdk/client-sns', '@aws-sdk/client-s3');

  expect(found(near, beside)).toEqual({
    '@aws-sdk/client-s3': path.join(beside, 'node_modules/@aws-sdk/client-s3'),
    '@aws-sdk/client-sns': path.join(root, 'far/node_modules/@aws-sdk/client-sns'),
    '@aws-sdk/client-sqs': path.join(near, 'node_modules/@aws-sdk/client-sqs'),
    '@smithy/core': path.join(near, 'node_modules/@smithy/core'),
  });
});

it('passes by what is no package, as Node.js does', () => {
  const file = folderWith('file');
  writeFileSync(path.join(file, 'node_modules/@aws-sdk'), '');
  const dead = folderWith('dead', '@aws-sdk/client-sqs');
  symlinkSync('/nowhere', path.join(dead, 'node_modules/@aws-sdk/client-sns'));
  mkdirSync(path.join(dead, 'node_modules/@aws-sdk/client-s3'));
  const whole = folderWith('whole', '@aws-sdk/client-sns', '@aws-sdk/client-s3');

  expect(Object.values(found(file, dead, whole)).sort()).toEqual([
    path.join(dead, 'node_modules/@aws-sdk/client-sqs'),
    path.join(whole, 'node_modules/@aws-sdk/client-s3'),
    path.join(whole, 'node_modules/@aws-sdk/client-sns'),
  ]);
});

it('is the same folder for the same packages', () => {
  const folder = folderWith('same', '@aws-sdk/client-sqs');

  expect(runtimeFolder(root, [folder])).toBe(runtimeFolder(root, [folder]));
  expect(runtimeFolder(root, [folder])).not.toBe(runtimeFolder(root, []));
});
