import { remediationBreakersAreClosed } from '../../../lib/controls/plumbline/remediation-breakers-are-closed.ts';
import { testControl } from '../harness.ts';

testControl(remediationBreakersAreClosed, {
  rows: {
    'none has tripped': { given: { breakers: [] }, verdict: 'PASS' },
    'one has tripped': {
      given: { breakers: [{ control: 'S3.8', until: '2026-06-15T12:30:00.000Z' }] },
      verdict: 'FAIL',
      reason: /S3\.8/,
      evidence: ['breakers[S3.8]'],
      recheckAt: new Date('2026-06-15T12:30:01.000Z'),
    },
    'one of another account has tripped': {
      given: {
        breakers: [{ control: 'S3.8', account: '444455556666', until: '2026-06-15T12:30:00.000Z' }],
      },
      verdict: 'FAIL',
      reason: /S3\.8 in account 444455556666$/,
      evidence: ['breakers[S3.8-444455556666]'],
      recheckAt: new Date('2026-06-15T12:30:01.000Z'),
    },
    'one has closed by time': {
      given: { breakers: [{ control: 'S3.8', until: '2026-06-15T11:59:59.000Z' }] },
      verdict: 'PASS',
    },
    'one says no time: whoever wrote it meant to stop': {
      given: { breakers: [{ control: 'S3.8', until: undefined }] },
      verdict: 'FAIL',
      evidence: ['breakers[S3.8]'],
    },
    'two have tripped, and one of them has closed': {
      given: {
        breakers: [
          { control: 'S3.8', until: '2026-06-15T12:30:00.000Z' },
          { control: 'EC2.13', until: '2026-06-15T12:10:00.000Z' },
          { control: 'S3.5', until: '2026-06-15T11:00:00.000Z' },
        ],
      },
      verdict: 'FAIL',
      evidence: ['breakers[S3.8]', 'breakers[EC2.13]'],
      recheckAt: new Date('2026-06-15T12:10:01.000Z'),
    },
  },
});
