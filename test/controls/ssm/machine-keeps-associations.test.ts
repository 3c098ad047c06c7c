import { machineKeepsAssociations } from '../../../lib/controls/ssm/machine-keeps-associations.ts';
import { testControl } from '../harness.ts';

testControl(machineKeepsAssociations, {
  rows: {
    'it complies': { given: { compliance: { status: 'COMPLIANT' } }, verdict: 'PASS' },
    'it does not': {
      given: { compliance: { status: 'NON_COMPLIANT' } },
      verdict: 'FAIL',
      evidence: ['compliance.status'],
    },
  },
});
