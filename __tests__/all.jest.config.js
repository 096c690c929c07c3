const unit = require('../jest.config.js');

/**
 * What needs a browser, python, the AWS CLI, the npm registry, a checkout to build or to break, or minutes. A tool that is missing fails its tests by name.
 * @type {import('jest').Config}
 */
module.exports = {
  ...unit,
  rootDir: '..',
  testMatch: ['<rootDir>/__tests__/**/*.all.test.ts'],
  testPathIgnorePatterns: ['/node_modules/'],
};
