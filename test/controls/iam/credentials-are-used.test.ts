import { credentialsAreUsed } from '../../../lib/controls/iam/credentials-are-used.ts';
import { testControl } from '../harness.ts';
import { administers, servesItself } from './shared/identities.ts';

const key = (createdAt: string, lastUsedAt?: string, id = 'AKIAIOSFODNN7EXAMPLE') => ({
  id,
  isActive: true,
  createdAt: new Date(createdAt),
  lastUsedAt: lastUsedAt === undefined ? undefined : new Date(lastUsedAt),
});
const plan = { risk: 'safe', calls: ['iam.updateAccessKey'], undo: 'widens' } as const;
const undeletable = { proposal: /only be deleted/ };
const password = (createdAt: string) => ({ createdAt: new Date(createdAt) });

testControl(credentialsAreUsed, {
  base: {
    loginProfile: undefined,
    passwordLastUsedAt: undefined,
    accessKeyUse: [],
    privileges: servesItself,
  },
  rows: {
    'no credentials': { given: {}, verdict: 'PASS' },
    'a password used lately, evaluated again when it would be unused': {
      given: {
        loginProfile: password('2024-01-01T00:00:00Z'),
        passwordLastUsedAt: new Date('2026-06-10T09:00:00Z'),
      },
      verdict: 'PASS',
      recheckAt: new Date('2026-09-08T09:00:00Z'),
    },
    'a password used long ago': {
      given: {
        loginProfile: password('2024-01-01T00:00:00Z'),
        passwordLastUsedAt: new Date('2026-01-10T09:00:00Z'),
      },
      verdict: 'FAIL',
      evidence: ['passwordLastUsedAt'],
      plan: undeletable,
      reason: /the password was not used for 90 days/,
    },
    'a password never used, made lately': {
      given: { loginProfile: password('2026-06-01T00:00:00Z') },
      verdict: 'PASS',
      recheckAt: new Date('2026-08-30T00:00:00Z'),
    },
    'a password never used, made long ago': {
      given: { loginProfile: password('2026-01-01T00:00:00Z') },
      verdict: 'FAIL',
      evidence: ['passwordLastUsedAt'],
      plan: undeletable,
    },
    'a new password after one that was used long ago': {
      given: {
        loginProfile: password('2026-06-01T00:00:00Z'),
        passwordLastUsedAt: new Date('2025-01-10T09:00:00Z'),
      },
      verdict: 'PASS',
      recheckAt: new Date('2026-08-30T00:00:00Z'),
    },
    'a password that was deleted, used long ago': {
      given: { passwordLastUsedAt: new Date('2025-01-10T09:00:00Z') },
      verdict: 'PASS',
    },
    'a key used long ago': {
      given: { accessKeyUse: [key('2024-01-01T00:00:00Z', '2026-01-01T00:00:00Z')] },
      verdict: 'FAIL',
      evidence: ['accessKeyUse.AKIA…MPLE.lastUsedAt'],
      plan,
    },
    'a key never used, made long ago': {
      given: { accessKeyUse: [key('2026-01-01T00:00:00Z')] },
      verdict: 'FAIL',
      plan,
    },
    'an old key used lately': {
      given: { accessKeyUse: [key('2020-01-01T00:00:00Z', '2026-06-14T00:00:00Z')] },
      verdict: 'PASS',
      recheckAt: new Date('2026-09-12T00:00:00Z'),
    },
    '90 days to the second': {
      given: { accessKeyUse: [key('2020-01-01T00:00:00Z', '2026-03-17T12:00:00Z')] },
      verdict: 'FAIL',
      plan,
    },
    'a second before 90 days': {
      given: { accessKeyUse: [key('2020-01-01T00:00:00Z', '2026-03-17T12:00:01Z')] },
      verdict: 'PASS',
    },
    'a password in use and a key that is not': {
      given: {
        loginProfile: password('2024-01-01T00:00:00Z'),
        passwordLastUsedAt: new Date('2026-06-10T09:00:00Z'),
        accessKeyUse: [key('2024-01-01T00:00:00Z')],
      },
      verdict: 'FAIL',
      evidence: ['accessKeyUse.AKIA…MPLE.lastUsedAt'],
      plan,
    },
    'within a longer time that the baseline allows': {
      given: { accessKeyUse: [key('2026-01-01T00:00:00Z')] },
      parameters: { maxCredentialUsageAge: 180 },
      verdict: 'PASS',
      recheckAt: new Date('2026-06-30T00:00:00Z'),
    },
    'a key that was not used and is inactive': {
      given: { accessKeyUse: [{ ...key('2024-01-01T00:00:00Z'), isActive: false }] },
      verdict: 'PASS',
    },
    'a key that was not used beside one that is': {
      given: {
        accessKeyUse: [
          key('2024-01-01T00:00:00Z', '2026-06-14T00:00:00Z'),
          key('2024-01-01T00:00:00Z', undefined, 'AKIAI44QH8DHBEXAMPLE'),
        ],
        privileges: administers,
      },
      verdict: 'FAIL',
      plan: { ...plan, input: { AccessKeyId: 'AKIAI44QH8DHBEXAMPLE', Status: 'Inactive' } },
    },
    'a password and a key that were not used': {
      given: {
        loginProfile: password('2024-01-01T00:00:00Z'),
        accessKeyUse: [key('2024-01-01T00:00:00Z')],
      },
      verdict: 'FAIL',
      evidence: ['passwordLastUsedAt', 'accessKeyUse.AKIA…MPLE.lastUsedAt'],
      plan: undeletable,
    },
    'the last key of an administrator': {
      given: { accessKeyUse: [key('2024-01-01T00:00:00Z')], privileges: administers },
      verdict: 'FAIL',
      plan: { proposal: /no other way in/ },
    },
    'used within the month, and the baseline asks for less': {
      given: { accessKeyUse: [key('2024-01-01T00:00:00Z', '2026-05-30T00:00:00Z')] },
      parameters: { maxCredentialUsageAge: 7 },
      verdict: 'FAIL',
      plan: { ...plan, risk: 'disruptive' },
    },
  },
});
