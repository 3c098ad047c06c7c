import everyday from './jest.config.mjs';

const { projects, testTimeout, workerIdleMemoryLimit } = everyday;
const [unit] = projects;
// Tests that sample what they try read it.
process.env.PLUMBLINE_EXTENT ??= 'exhaustive';

/** What runs for minutes: every night, not with each change. */
export default {
  testTimeout,
  workerIdleMemoryLimit,
  projects: [
    // With every row and every example of what is sampled for a change.
    unit,
    {
      ...unit,
      displayName: 'exhaustive',
      testMatch: [
        '<rootDir>/test/**/*.exhaustive.ts',
        '<rootDir>/test/hosts/transaction/kill.test.ts',
        '<rootDir>/test/hosts/{files-refusals,in-use,ssh-logins}.test.ts',
        '<rootDir>/test/hosts/{files,files-accounts,files-services,ssh,ssh-fix,ssh-starts}.test.ts',
        '<rootDir>/test/local/remediation/{interrupted,killed,storm}.test.ts',
      ],
      testPathIgnorePatterns: ['/node_modules/'],
      globalSetup: '<rootDir>/test/local/setup.mjs',
      globalTeardown: '<rootDir>/test/local/teardown.mjs',
    },
  ],
};
