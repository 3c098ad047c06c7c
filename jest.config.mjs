const shared = {
  // What tests import is loaded once for all files of a worker.
  runtime: '<rootDir>/test/runner/runtime.cjs',
  testEnvironment: '<rootDir>/test/runner/environment.cjs',
  transform: {},
  // Two cores may be busy with other files: how long a test takes says nothing here.
  testTimeout: 60_000,
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
};
const triedTwice = { setupFilesAfterEnv: ['<rootDir>/test/tried-twice.mjs'] };
// What is tested on the deployed stack: one local AWS serves all of these files.
const onSharedAws = ['test/resources', 'test/local/path'];
// What needs root, for roots and hosts that are thrown away.
const onHosts = ['test/hosts/booted*', 'test/hosts/roots*', 'test/local/hosts'];
// What starts a local AWS of its own, as does every file that ends with .local.test.ts.
const onOwnAws = ['test/local'];
// What starts Node, npm or esbuild: a file that ends so.
const startsPrograms = '*.program.test.ts';
// What runs the documents' bash in folders.
const inShell = ['test/hosts'];

const testsIn = (folders, name = '*.test.ts') =>
  folders.map((folder) => `<rootDir>/${folder}/**/${name}`);
const pattern = (folder) => `${folder.replace('*', '[^/]*')}/`;
const below = (folders) => folders.map((folder) => `<rootDir>/${pattern(folder)}`);

/** Those that wait for real processes and clocks, whose tests are tried twice. */
export const projectsTriedTwice = ['local', 'shared-local', 'hosts'];
const ofThose = [...onSharedAws, ...onHosts, ...onOwnAws].map((folder) => `^${pattern(folder)}`);
const triedTwiceIn = new RegExp([...ofThose, '\\.local\\.test\\.ts$'].join('|'));
/** Whether a file, by its path from here, is of one of them. */
export const isTriedTwice = (file) => triedTwiceIn.test(file);

/** @type {import('jest').Config} */
export default {
  // A worker keeps all modules that its files have imported: one that holds much more than these begins anew.
  workerIdleMemoryLimit: '1400MB',
  // A machine that does other things as well is slow to start moto and Node.
  testTimeout: 60_000,
  testSequencer: '<rootDir>/test/sequencer.mjs',
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: testsIn(['test']),
      testPathIgnorePatterns: [
        '/node_modules/',
        '\\.(?:local|program)\\.test\\.ts$',
        ...below([...onSharedAws, ...onHosts, ...onOwnAws, ...inShell]),
      ],
    },
    { ...shared, displayName: 'program', testMatch: testsIn(['test'], startsPrograms) },
    {
      ...shared,
      displayName: 'shell',
      testMatch: testsIn(inShell),
      testPathIgnorePatterns: ['/node_modules/', ...below(onHosts)],
    },
    {
      ...shared,
      ...triedTwice,
      displayName: 'local',
      testMatch: [...testsIn(onOwnAws), ...testsIn(['test'], '*.local.test.ts')],
      testPathIgnorePatterns: ['/node_modules/', ...below([...onSharedAws, ...onHosts])],
      globalSetup: '<rootDir>/test/local/setup.mjs',
      globalTeardown: '<rootDir>/test/local/teardown.mjs',
    },
    {
      ...shared,
      ...triedTwice,
      displayName: 'shared-local',
      testMatch: testsIn(onSharedAws),
      globalSetup: '<rootDir>/test/local/setup-shared.mjs',
      globalTeardown: '<rootDir>/test/local/teardown.mjs',
    },
    {
      ...shared,
      ...triedTwice,
      displayName: 'hosts',
      testMatch: testsIn(onHosts),
      globalSetup: '<rootDir>/test/hosts/setup.mjs',
    },
  ],
};
