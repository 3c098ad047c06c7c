import { rootIsNotUsed } from '../../../lib/controls/iam/root-is-not-used.ts';
import { testControl } from '../harness.ts';

const rootUse = { password: 'no_information', firstKey: 'N/A', secondKey: 'N/A' };

testControl(rootIsNotUsed, {
  base: { rootUse },
  rows: {
    'never used': { given: {}, verdict: 'PASS' },
    'a password of which older reports tell nothing': {
      given: { rootUse: { ...rootUse, password: 'not_supported' } },
      verdict: 'PASS',
    },
    'signed in yesterday': {
      given: { rootUse: { ...rootUse, password: '2026-06-14T09:00:00+00:00' } },
      verdict: 'FAIL',
      evidence: ['rootUse.password'],
      reason: /used its password in the last 7 days/,
      recheckAt: new Date('2026-06-21T09:00:00Z'),
    },
    'signed in a week ago, at the time at which it is looked at again': {
      given: { rootUse: { ...rootUse, password: '2026-06-14T09:00:00+00:00' } },
      at: new Date('2026-06-21T09:00:00Z'),
      verdict: 'PASS',
    },
    'signed in a week ago, to the minute': {
      given: { rootUse: { ...rootUse, password: '2026-06-08T12:00:00+00:00' } },
      verdict: 'PASS',
    },
    'signed in a minute less than a week ago': {
      given: { rootUse: { ...rootUse, password: '2026-06-08T12:01:00+00:00' } },
      verdict: 'FAIL',
      evidence: ['rootUse.password'],
      recheckAt: new Date('2026-06-15T12:01:00Z'),
    },
    'longer ago than a week, less than what is asked for': {
      given: { rootUse: { ...rootUse, password: '2026-05-30T12:00:00+00:00' } },
      parameters: { quietDays: 30 },
      verdict: 'FAIL',
      evidence: ['rootUse.password'],
    },
    'signed in long ago': {
      given: { rootUse: { ...rootUse, password: '2019-01-02T03:04:05+00:00' } },
      verdict: 'PASS',
    },
    'both keys, the second later': {
      given: {
        rootUse: {
          ...rootUse,
          firstKey: '2026-06-10T00:00:00+00:00',
          secondKey: '2026-06-12T00:00:00+00:00',
        },
      },
      verdict: 'FAIL',
      evidence: ['rootUse.firstKey', 'rootUse.secondKey'],
      recheckAt: new Date('2026-06-19T00:00:00Z'),
    },
    'a report without the root user': {
      given: { rootUse: { password: '', firstKey: '', secondKey: '' } },
      verdict: 'UNKNOWN',
    },
    'a word that is not known': {
      given: { rootUse: { ...rootUse, secondKey: 'sometimes' } },
      verdict: 'UNKNOWN',
      reason: /its second access key/,
    },
    'a word that is not known, and a key that was used': {
      given: {
        rootUse: { ...rootUse, password: 'sometimes', firstKey: '2026-06-15T00:00:00+00:00' },
      },
      verdict: 'FAIL',
      evidence: ['rootUse.firstKey'],
    },
  },
});
