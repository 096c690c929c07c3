import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { lockProviders } from '../../tools/terraform/lock';

const folder = mkdtempSync(path.join(tmpdir(), 'lock '));
const file = path.join(folder, '.terraform.lock.hcl');
const mirror = process.env.TERRAFORM_PLUGIN_DIR;
const from = mirror ? [`-fs-mirror=${mirror}`] : [];

afterAll(() => {
  rmSync(folder, { recursive: true });
});

it('leaves no lock file where a provider is not to be had', async () => {
  const unknown = { aws: { source: 'aws', version: '0.0.0' } };
  await expect(lockProviders(unknown, ['linux_amd64'], file, from)).rejects.toThrow('hashicorp/aws');
  expect(existsSync(file)).toBe(false);
});

it('locks the version with its checksums', async () => {
  await lockProviders({ aws: { source: 'aws', version: '5.100.0' } }, ['linux_amd64'], file, from);

  const lock = readFileSync(file, 'utf8');
  expect(lock).toContain('provider "registry.terraform.io/hashicorp/aws"');
  expect(lock).toMatch(/version\s+= "5\.100\.0"/);
  expect(lock).toMatch(/"h1:/);
});
