import { redshiftClusterLogsAudits } from '../../../lib/controls/redshift/redshift-cluster-logs-audits.ts';
import { testControl } from '../harness.ts';

testControl(redshiftClusterLogsAudits, {
  rows: {
    on: { given: { logging: { isOn: true } }, verdict: 'PASS' },
    off: { given: { logging: { isOn: false } }, verdict: 'FAIL', evidence: ['logging.isOn'] },
  },
});
