import { machineIsPatched } from '../../../lib/controls/ssm/machine-is-patched.ts';
import { testControl } from '../harness.ts';

testControl(machineIsPatched, {
  rows: {
    'it complies': { given: { compliance: { status: 'COMPLIANT' } }, verdict: 'PASS' },
    'it does not': {
      given: { compliance: { status: 'NON_COMPLIANT' } },
      verdict: 'FAIL',
      evidence: ['compliance.status'],
    },
  },
});
