const { availableParallelism } = require('node:os');

/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // This repository's packages are tested from their sources.
  testEnvironmentOptions: { customExportConditions: ['source', 'node', 'node-addons'] },
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  // What needs more than Node, a checkout of its own, or minutes, is `npm run test:all`'s.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/__tests__/terraform/', '\\.all\\.test\\.ts$'],
  // A full type check inside jest costs nine times the time; `npm run typecheck` is a step of its own.
  transform: {
    '^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/tsconfig.json' }],
  },
  globalSetup: '<rootDir>/__tests__/support/global-setup.ts',
  testSequencer: '<rootDir>/__tests__/support/longest-first.js',
  modulePathIgnorePatterns: ['<rootDir>/build/', '<rootDir>/cdktf.out/'],
  // A test that hangs ends; one on a busy machine does not.
  testTimeout: 300_000,
  // Nor is a worker that takes more than Jest's half second to end one that leaks.
  workerGracefulExitTimeout: 30_000,
  // Most of them wait for processes of their own.
  maxWorkers: Math.max(3, availableParallelism() - 1),
  // Of files that passed there is nothing to say; what failed is shown at the end, however few files there are.
  reporters: [['summary', { summaryThreshold: 0 }]],
};
