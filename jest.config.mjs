const shared = {
  testEnvironment: 'node',
  // Two cores may be busy with other files: how long a test takes says nothing here.
  testTimeout: 60_000,
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
};
// What is tested on the deployed stack: one local AWS serves all of these files.
const onLocalAws = ['test/resources', 'test/local/path'];

/** @type {import('jest').Config} */
export default {
  // A machine that does other things as well is slow to start moto and Node.
  testTimeout: 60_000,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', ...onLocalAws.map((path) => `<rootDir>/${path}/`)],
    },
    {
      ...shared,
      displayName: 'local',
      testMatch: onLocalAws.map((path) => `<rootDir>/${path}/**/*.test.ts`),
      globalSetup: '<rootDir>/test/local/setup.mjs',
      globalTeardown: '<rootDir>/test/local/teardown.mjs',
    },
  ],
};
