import { userRotatesAccessKeys } from '../../../lib/controls/iam/user-rotates-access-keys.ts';
import { testControl } from '../harness.ts';
import { administers, servesItself, unreadable } from './shared/identities.ts';

const second = 'AKIAI44QH8DHBEXAMPLE';
const key = (createdAt: string, isActive = true, id = 'AKIAIOSFODNN7EXAMPLE') => ({
  id,
  isActive,
  createdAt: new Date(createdAt),
});
type Key = ReturnType<typeof key>;
const used = (lastUsedAt: string | undefined, ...keys: readonly Key[]) => ({
  accessKeys: keys,
  accessKeyUse: keys.map((one) => ({
    ...one,
    lastUsedAt: lastUsedAt === undefined ? undefined : new Date(lastUsedAt),
  })),
});
const keys = (...all: readonly Key[]) => used(undefined, ...all);
const old = key('2026-01-01T00:00:00Z');
const password = { loginProfile: { createdAt: new Date('2025-01-01T00:00:00Z') } };

const deactivated = { calls: ['iam.updateAccessKey'], undo: 'widens' } as const;
const plan = { ...deactivated, risk: 'safe' } as const;

testControl(userRotatesAccessKeys, {
  base: { loginProfile: undefined, privileges: servesItself, ...keys() },
  rows: {
    'no key': { given: keys(), verdict: 'PASS' },
    'a young key, evaluated again when it is 90 days old': {
      given: keys(key('2026-06-01T08:00:00Z')),
      verdict: 'PASS',
      recheckAt: new Date('2026-08-30T08:00:00Z'),
    },
    'two young keys, evaluated again when the older is 90 days old': {
      given: keys(key('2026-06-01T08:00:00Z'), key('2026-05-01T08:00:00Z')),
      verdict: 'PASS',
      recheckAt: new Date('2026-07-30T08:00:00Z'),
    },
    'an old key': {
      given: keys(key('2026-01-01T00:00:00Z')),
      verdict: 'FAIL',
      evidence: ['accessKeys.AKIA…MPLE.createdAt'],
      reason: /AKIA…MPLE is 90 days old/,
      plan: {
        ...plan,
        summary: /^deactivates access key AKIA…MPLE$/,
        input: { UserName: 'example', AccessKeyId: 'AKIAIOSFODNN7EXAMPLE', Status: 'Inactive' },
      },
    },
    'one second before 90 days': {
      given: keys(key('2026-03-17T12:00:01Z')),
      verdict: 'PASS',
      recheckAt: new Date('2026-06-15T12:00:01Z'),
    },
    '90 days to the second': {
      given: keys(key('2026-03-17T12:00:00Z')),
      verdict: 'FAIL',
      plan,
    },
    'an old key that is inactive': {
      given: keys(key('2026-01-01T00:00:00Z', false)),
      verdict: 'PASS',
    },
    'an old key beside a young one': {
      given: keys(key('2026-06-01T00:00:00Z'), key('2026-01-01T00:00:00Z', true, second)),
      verdict: 'FAIL',
      evidence: ['accessKeys.AKIA…MPLE.createdAt'],
      plan: { ...plan, input: { AccessKeyId: second } },
    },
    'two old keys': {
      given: keys(old, key('2025-01-01T00:00:00Z', true, second)),
      verdict: 'FAIL',
      evidence: ['accessKeys.AKIA…MPLE.createdAt', 'accessKeys.AKIA…MPLE.createdAt'],
      plan: {
        ...plan,
        calls: ['iam.updateAccessKey', 'iam.updateAccessKey'],
        summary: /AKIA…MPLE and access key AKIA…MPLE/,
      },
    },
    'older than the baseline allows': {
      given: keys(key('2026-05-01T00:00:00Z')),
      parameters: { maxAgeDays: 30 },
      verdict: 'FAIL',
      plan,
    },
    'younger than the baseline allows': {
      given: keys(key('2026-01-01T00:00:00Z')),
      parameters: { maxAgeDays: 180 },
      verdict: 'PASS',
      recheckAt: new Date('2026-06-30T00:00:00Z'),
    },
    'an old key that somebody uses': {
      given: used('2026-06-14T00:00:00Z', old),
      verdict: 'FAIL',
      plan: { ...deactivated, risk: 'disruptive' },
    },
    'an old key that somebody used 45 days ago': {
      given: used('2026-05-01T12:00:00Z', old),
      verdict: 'FAIL',
      plan,
    },
    'the last way in of an administrator': {
      given: { ...keys(old), privileges: administers },
      verdict: 'FAIL',
      plan: { proposal: /no other way in/ },
    },
    'the last way in of who may be one': {
      given: { ...keys(old), privileges: unreadable },
      verdict: 'FAIL',
      plan: { proposal: /no other way in/ },
    },
    'an administrator whose other key is inactive': {
      given: {
        ...keys(old, key('2026-06-01T00:00:00Z', false, second)),
        privileges: administers,
      },
      verdict: 'FAIL',
      plan: { proposal: /no other way in/ },
    },
    'an administrator with a young key as well': {
      given: { ...keys(old, key('2026-06-01T00:00:00Z', true, second)), privileges: administers },
      verdict: 'FAIL',
      plan,
    },
    'an administrator with a password as well': {
      given: { ...keys(old), ...password, privileges: administers },
      verdict: 'FAIL',
      plan,
    },
  },
});
