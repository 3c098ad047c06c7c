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
// What needs root, for roots and hosts that are thrown away.
const onHosts = ['test/hosts/booted*', 'test/hosts/roots*', 'test/local/hosts'];

const testsIn = (folders) => folders.map((folder) => `<rootDir>/${folder}/**/*.test.ts`);
const ignored = (folders) => folders.map((folder) => `<rootDir>/${folder.replace('*', '[^/]*')}/`);

/** @type {import('jest').Config} */
export default {
  // A machine that does other things as well is slow to start moto and Node.
  testTimeout: 60_000,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', ...ignored([...onLocalAws, ...onHosts])],
    },
    {
      ...shared,
      displayName: 'local',
      testMatch: testsIn(onLocalAws),
      globalSetup: '<rootDir>/test/local/setup.mjs',
      globalTeardown: '<rootDir>/test/local/teardown.mjs',
    },
    {
      ...shared,
      displayName: 'hosts',
      testMatch: testsIn(onHosts),
      runner: '<rootDir>/test/hosts/serial-runner.mjs',
      globalSetup: '<rootDir>/test/hosts/setup.mjs',
    },
  ],
};
