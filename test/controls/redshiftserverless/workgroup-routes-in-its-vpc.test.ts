import { workgroupRoutesInItsVpc } from '../../../lib/controls/redshiftserverless/workgroup-routes-in-its-vpc.ts';
import { testControl } from '../harness.ts';
import { workgroup } from './workgroup.ts';

testControl(workgroupRoutesInItsVpc, {
  base: workgroup(),
  rows: {
    'it does': { given: {}, verdict: 'PASS' },
    'it does not': {
      given: workgroup({ routesInVpc: false }),
      verdict: 'FAIL',
      evidence: ['workgroup.routesInVpc'],
    },
    'nothing is said of it': { given: workgroup({ routesInVpc: undefined }), verdict: 'FAIL' },
  },
});
