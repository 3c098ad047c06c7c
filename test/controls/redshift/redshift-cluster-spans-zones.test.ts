import { redshiftClusterSpansZones } from '../../../lib/controls/redshift/redshift-cluster-spans-zones.ts';
import { testControl } from '../harness.ts';

testControl(redshiftClusterSpansZones, {
  rows: {
    'two zones': { given: { zones: { spansZones: true } }, verdict: 'PASS' },
    'one zone': {
      given: { zones: { spansZones: false } },
      verdict: 'FAIL',
      evidence: ['zones.spansZones'],
    },
  },
});
