import { userRotatesAccessKeys } from '../../../lib/controls/iam/user-rotates-access-keys.ts';
import { testControl } from '../harness.ts';

const key = (createdAt: string, isActive = true, id = 'AKIAIOSFODNN7EXAMPLE') => ({
  id,
  isActive,
  createdAt: new Date(createdAt),
});

testControl(userRotatesAccessKeys, {
  rows: {
    'no key': { given: { accessKeys: [] }, verdict: 'PASS' },
    'a young key, judged again when it is 90 days old': {
      given: { accessKeys: [key('2026-06-01T08:00:00Z')] },
      verdict: 'PASS',
      recheckAt: new Date('2026-08-30T08:00:00Z'),
    },
    'two young keys, judged again when the older is 90 days old': {
      given: { accessKeys: [key('2026-06-01T08:00:00Z'), key('2026-05-01T08:00:00Z')] },
      verdict: 'PASS',
      recheckAt: new Date('2026-07-30T08:00:00Z'),
    },
    'an old key': {
      given: { accessKeys: [key('2026-01-01T00:00:00Z')] },
      verdict: 'FAIL',
      evidence: ['accessKeys.AKIA…MPLE.createdAt'],
      reason: /AKIA…MPLE is 90 days old/,
    },
    'one second before 90 days': {
      given: { accessKeys: [key('2026-03-17T12:00:01Z')] },
      verdict: 'PASS',
      recheckAt: new Date('2026-06-15T12:00:01Z'),
    },
    '90 days to the second': {
      given: { accessKeys: [key('2026-03-17T12:00:00Z')] },
      verdict: 'FAIL',
    },
    'an old key that is inactive': {
      given: { accessKeys: [key('2026-01-01T00:00:00Z', false)] },
      verdict: 'PASS',
    },
    'an old key beside a young one': {
      given: {
        accessKeys: [
          key('2026-06-01T00:00:00Z'),
          key('2026-01-01T00:00:00Z', true, 'AKIAI44QH8DHBEXAMPLE'),
        ],
      },
      verdict: 'FAIL',
      evidence: ['accessKeys.AKIA…MPLE.createdAt'],
    },
    'two old keys': {
      given: { accessKeys: [key('2026-01-01T00:00:00Z'), key('2025-01-01T00:00:00Z')] },
      verdict: 'FAIL',
      evidence: ['accessKeys.AKIA…MPLE.createdAt', 'accessKeys.AKIA…MPLE.createdAt'],
    },
    'older than the baseline allows': {
      given: { accessKeys: [key('2026-05-01T00:00:00Z')] },
      parameters: { maxAgeDays: 30 },
      verdict: 'FAIL',
    },
    'younger than the baseline allows': {
      given: { accessKeys: [key('2026-01-01T00:00:00Z')] },
      parameters: { maxAgeDays: 180 },
      verdict: 'PASS',
      recheckAt: new Date('2026-06-30T00:00:00Z'),
    },
  },
});
