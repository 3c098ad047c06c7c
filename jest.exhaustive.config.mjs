import everyday from './jest.config.mjs';

const [unit] = everyday.projects;

/** What runs for minutes: every night, not with each change. */
export default {
  projects: [
    {
      ...unit,
      displayName: 'exhaustive',
      testMatch: ['<rootDir>/test/**/*.exhaustive.ts'],
      testPathIgnorePatterns: ['/node_modules/'],
    },
  ],
};
