import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pruneOutput } from '../../../tools/build/prune-output';
import { thisProject } from '../../../tools/project-root';

interface Backend {
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
}

const local = (name: string): Backend => ({
  type: 'local',
  config: { path: `../../../terraform.${name}.tfstate`, workspace_dir: null },
});
const s3 = (bucket: string, key: string): Backend => ({ type: 's3', config: { bucket, key, encrypt: true } });

const DEFAULT = local('data-api');
const STAGING = local('data-api-staging');
const DEFAULT_IN_S3 = s3('states', 'default/data-api.tfstate');
const STAGING_IN_S3 = s3('states', 'staging/data-api.tfstate');

const output = mkdtempSync(path.join(tmpdir(), 'cdktf out '));
const stack = path.join(output, 'stacks', 'data-api');
const cache = path.join(stack, '.terraform', 'terraform.tfstate');
const provider = path.join(stack, '.terraform', 'providers', 'aws');

beforeAll(() => {
  mkdirSync(path.dirname(provider), { recursive: true });
  writeFileSync(provider, '');
  const manifest = { stacks: { 'data-api': { name: 'data-api', workingDirectory: 'stacks/data-api' } } };
  writeFileSync(path.join(output, 'manifest.json'), JSON.stringify(manifest));
});
afterAll(() => rmSync(output, { recursive: true }));

/** Whether Terraform still knows of the backend it was initialised with, after a synth with another one. */
function isKept(initialised: string, { type, config }: Backend): boolean {
  writeFileSync(cache, initialised);
  const terraform = { backend: { [type]: config } };
  writeFileSync(path.join(stack, 'cdk.tf.json'), JSON.stringify({ terraform }));
  pruneOutput({ ...thisProject(), outputFolder: output });
  return existsSync(cache);
}

/** As Terraform 1.11 writes it. */
const recorded = (backend: Backend): string =>
  JSON.stringify({ version: 3, terraform_version: '1.11.4', backend: { ...backend, hash: 3398726009 } });

describe('a backend that Terraform was initialised with', () => {
  test.each([
    ['a file', DEFAULT, STAGING],
    ['a file, the other way round', STAGING, DEFAULT],
    ['S3', DEFAULT_IN_S3, STAGING_IN_S3],
    ['a file, then S3', DEFAULT, STAGING_IN_S3],
    ['S3, then a file', STAGING_IN_S3, DEFAULT],
  ])('is forgotten when another environment is synthesized: %s', (_, before, after) => {
    expect(isKept(recorded(before), after)).toBe(false);
    expect(existsSync(provider)).toBe(true);
  });

  test.each([
    ['stays where it is', DEFAULT, DEFAULT],
    ['stays in S3', STAGING_IN_S3, STAGING_IN_S3],
    ['moves to S3, for Terraform to ask about', DEFAULT, DEFAULT_IN_S3],
    ['moves to S3, in staging', STAGING, STAGING_IN_S3],
    ['moves to another bucket', DEFAULT_IN_S3, s3('others', 'default/data-api.tfstate')],
    [
      'moves to where no environment can be told',
      DEFAULT,
      { type: 'http', config: { address: 'https://a' } },
    ],
  ])('is kept when the state %s', (_, before, after) => {
    expect(isKept(recorded(before), after)).toBe(true);
  });

  test.each(['', '{}', '{"version":3}'])('is left alone where there is none in %j', (text) => {
    expect(isKept(text, DEFAULT)).toBe(true);
  });
});
