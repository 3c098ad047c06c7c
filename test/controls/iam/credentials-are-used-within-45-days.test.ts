import { credentialsAreUsedWithin45Days } from '../../../lib/controls/iam/credentials-are-used-within-45-days.ts';
import { testControl } from '../harness.ts';
import { servesItself } from './shared/identities.ts';

const keyUsed = (lastUsedAt: string) => ({
  accessKeyUse: [
    {
      id: 'AKIAIOSFODNN7EXAMPLE',
      isActive: true,
      createdAt: new Date('2024-01-01T00:00:00Z'),
      lastUsedAt: new Date(lastUsedAt),
    },
  ],
});

testControl(credentialsAreUsedWithin45Days, {
  base: {
    loginProfile: undefined,
    passwordLastUsedAt: undefined,
    accessKeyUse: [],
    privileges: servesItself,
  },
  rows: {
    'a key used 44 days ago': {
      given: keyUsed('2026-05-02T12:00:00Z'),
      verdict: 'PASS',
      recheckAt: new Date('2026-06-16T12:00:00Z'),
    },
    'a key used 45 days ago': {
      given: keyUsed('2026-05-01T12:00:00Z'),
      verdict: 'FAIL',
      plan: { risk: 'safe', calls: ['iam.updateAccessKey'], undo: 'widens' },
    },
    'a password never used': {
      given: { loginProfile: { createdAt: new Date('2026-04-01T00:00:00Z') } },
      verdict: 'FAIL',
      evidence: ['passwordLastUsedAt'],
      plan: { proposal: /only be deleted/ },
    },
  },
});
