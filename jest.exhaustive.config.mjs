import everyday from './jest.config.mjs';

const { projects } = everyday;
const local = projects.find(({ displayName }) => displayName === 'local');
// Tests that sample what they try read it.
process.env.PLUMBLINE_EXTENT ??= 'exhaustive';

/** Every test with all that it samples for a change, and what runs for minutes: every night. */
export default {
  ...everyday,
  projects: [
    ...projects,
    {
      ...local,
      displayName: 'exhaustive',
      testMatch: ['<rootDir>/test/**/*.exhaustive.ts'],
      testPathIgnorePatterns: ['/node_modules/'],
    },
  ],
};
