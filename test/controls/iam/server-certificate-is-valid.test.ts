import { serverCertificateIsValid } from '../../../lib/controls/iam/server-certificate-is-valid.ts';
import { testControl } from '../harness.ts';

const plan = { proposal: /is lost/ };

testControl(serverCertificateIsValid, {
  rows: {
    'valid for a year, evaluated again when it expires': {
      given: { expiration: '2027-06-15T00:00:00.000Z' },
      verdict: 'PASS',
      recheckAt: new Date('2027-06-15T00:00:00Z'),
    },
    expired: {
      given: { expiration: '2026-06-01T00:00:00.000Z' },
      verdict: 'FAIL',
      evidence: ['expiration'],
      reason: /2026-06-01/,
      plan,
    },
    'expires this very second': {
      given: { expiration: '2026-06-15T12:00:00.000Z' },
      verdict: 'FAIL',
      plan,
    },
    'no date': { given: { expiration: '' }, verdict: 'UNKNOWN' },
  },
});
