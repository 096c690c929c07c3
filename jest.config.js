/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/__tests__/terraform/'],
  // A full type check inside jest costs nine times the time; `npm run typecheck` is a step of its own.
  transform: {
    '^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/__tests__/tsconfig.json' }],
  },
  globalSetup: '<rootDir>/__tests__/support/global-setup.js',
  modulePathIgnorePatterns: ['<rootDir>/build/', '<rootDir>/cdktf.out/'],
  testTimeout: 20_000,
};
