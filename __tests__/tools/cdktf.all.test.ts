import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { outputFolder } from '../../tools/project-root';
import { hasProviderMirror } from '../../tools/terraform/requirements';
import { program } from '../support/program';

const folder = mkdtempSync(path.join(tmpdir(), 'cdktf-'));
const programs = path.join(folder, 'bin');
const calls = path.join(folder, 'calls');
const mirrored = path.join(folder, 'mirrored.tfrc');
const { BUILD_DIR } = process.env;

beforeAll(() => {
  mkdirSync(programs);
  symlinkSync('/bin/sh', path.join(programs, 'sh'));
  symlinkSync(process.execPath, path.join(programs, 'node'));
  writeFileSync(mirrored, 'provider_installation {\n  filesystem_mirror {\n    path = "/mirror"\n  }\n}\n');
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Puts a terraform on the PATH that notes how it is called, and plans nothing. */
function installTerraform(version: string): void {
  const script =
    `#!/bin/sh\necho "$CHECKPOINT_DISABLE $*" >> '${calls}'\n` +
    `case "$1" in version) echo '{"terraform_version": "${version}"}' ;; plan) exit 1 ;; esac\n`;
  writeFileSync(path.join(programs, 'terraform'), script);
  chmodSync(path.join(programs, 'terraform'), 0o755);
  writeFileSync(calls, '');
}

/** `npm run diff` of a stack as it stands, by someone whose home is empty. */
function diff(env: NodeJS.ProcessEnv) {
  const [node, ...cdktf] = program('tools/cdktf.ts');
  return spawnSync(
    node,
    [
      ...[...cdktf, 'diff', 'data-api', '--skip-synth', '--no-color'],
      // What the tests have synthesized.
      ...['--output', path.relative('', outputFolder())],
    ],
    {
      env: { BUILD_DIR, PATH: programs, HOME: folder, AWS_EC2_METADATA_DISABLED: 'true', ...env },
      encoding: 'utf8',
    },
  );
}

const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'secret' };

it('says that there is no terraform', () => {
  expect(diff(CREDENTIALS)).toMatchObject({
    status: 1,
    stdout: '',
    stderr:
      'terraform is not on the PATH: install Terraform 1.11 or later, https://developer.hashicorp.com/terraform/install\n',
  });
});

it('says that terraform is too old', () => {
  installTerraform('1.9.8');
  expect(diff(CREDENTIALS)).toMatchObject({
    status: 1,
    stdout: '',
    stderr: 'the terraform on the PATH is 1.9.8: install Terraform 1.11 or later\n',
  });
});

it('says that there are no credentials', () => {
  installTerraform('1.11.0');
  const { status, stdout, stderr } = diff({ TF_CLI_CONFIG_FILE: mirrored });
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/^there are no AWS credentials \(.*\): sign in with "aws configure".*\n$/);
});

it('leaves providers to a mirror, and asks for no newer version of anything', () => {
  installTerraform('1.14.1');

  diff({ ...CREDENTIALS, TF_CLI_CONFIG_FILE: mirrored });

  const called = readFileSync(calls, 'utf8').trim().split('\n');
  expect(called.map((call) => call.split(' ')[1])).toEqual(expect.arrayContaining(['init', 'plan']));
  expect(called.filter((call) => call.includes('providers lock'))).toEqual([]);
  expect(called.filter((call) => !call.startsWith('1 '))).toEqual([]);
});

it('has providers locked where there is no mirror', () => {
  installTerraform('1.14.1');

  // Behind a proxy, no name is looked up.
  diff({ ...CREDENTIALS, HTTPS_PROXY: 'http://127.0.0.1:1' });

  expect(readFileSync(calls, 'utf8')).toMatch(/^1 providers lock /m);
});

it.each<[env: Record<string, string>, mirror: boolean]>([
  [{ TF_CLI_CONFIG_FILE: mirrored }, true],
  [{ TF_CLI_ARGS_init: '-input=false -plugin-dir=/mirror' }, true],
  [{ TF_CLI_CONFIG_FILE: path.join(folder, 'none.tfrc') }, false],
  [{}, false],
])('takes %j for a mirror: %s', (env, mirror) => {
  expect(hasProviderMirror({ HOME: folder, ...env })).toBe(mirror);
});
