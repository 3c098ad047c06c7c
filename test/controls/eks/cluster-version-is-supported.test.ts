import { clusterVersionIsSupported } from '../../../lib/controls/eks/cluster-version-is-supported.ts';
import { testControl } from '../harness.ts';

const given = (
  status: 'STANDARD_SUPPORT' | 'EXTENDED_SUPPORT' | 'UNSUPPORTED' | undefined,
  endsAt?: string,
) => ({ support: { version: '1.34', status, endsAt } });
testControl(clusterVersionIsSupported, {
  rows: {
    'standard support': {
      given: given('STANDARD_SUPPORT', '2026-12-02T00:00:00.000Z'),
      verdict: 'PASS',
      recheckAt: new Date('2026-12-02T00:00:00Z'),
    },
    'extended support, which is paid for': {
      given: given('EXTENDED_SUPPORT', '2026-03-23T00:00:00.000Z'),
      verdict: 'FAIL',
      evidence: ['support.version'],
    },
    none: { given: given('UNSUPPORTED', '2024-01-31T00:00:00.000Z'), verdict: 'FAIL' },
    'standard support that ended since it was read': {
      given: given('STANDARD_SUPPORT', '2026-06-01T00:00:00.000Z'),
      verdict: 'FAIL',
    },
    'standard support without a day': { given: given('STANDARD_SUPPORT'), verdict: 'PASS' },
    'a version that AWS does not know': { given: given(undefined), verdict: 'UNKNOWN' },
  },
});
