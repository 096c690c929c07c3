const { existsSync } = require('node:fs');
const path = require('node:path');
const unit = require('../../jest.config.js');

const missing = ['terraform', 'moto_server'].filter((program) => !isOnPath(program));
if (missing.length > 0) skip(`${missing.join(' and ')} not installed`);

/** @type {import('jest').Config} */
module.exports = {
  ...unit,
  rootDir: '../..',
  testMatch: missing.length === 0 ? ['<rootDir>/__tests__/terraform/**/*.test.ts'] : [],
  passWithNoTests: missing.length > 0,
  testPathIgnorePatterns: ['/node_modules/'],
  globalSetup: '<rootDir>/__tests__/terraform/support/global-setup.ts',
  globalTeardown: '<rootDir>/__tests__/terraform/support/global-teardown.ts',
  // The provider gives every function five seconds, one after the other.
  testTimeout: 600_000,
  // Terraform waits most of the time: more workers than the two processors a small machine has.
  maxWorkers: 6,
};

function isOnPath(program) {
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .some((folder) => existsSync(path.join(folder, program)));
}

function skip(reason) {
  if (process.env.TERRAFORM_TESTS === 'required')
    throw new Error(`the Terraform tests are required, but ${reason}`);
  console.log(`SKIPPED the Terraform tests: ${reason}`);
}
