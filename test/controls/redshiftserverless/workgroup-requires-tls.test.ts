import { workgroupRequiresTls } from '../../../lib/controls/redshiftserverless/workgroup-requires-tls.ts';
import { testControl } from '../harness.ts';
import { workgroup } from './workgroup.ts';

testControl(workgroupRequiresTls, {
  base: workgroup(),
  rows: {
    'it does': { given: {}, verdict: 'PASS' },
    'it does not': {
      given: workgroup({ requiresTls: 'false' }),
      verdict: 'FAIL',
      evidence: ['workgroup.requiresTls'],
    },
    'the parameter is not there': { given: workgroup({ requiresTls: undefined }), verdict: 'FAIL' },
  },
});
