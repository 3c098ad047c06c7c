import { workgroupIsNotPublic } from '../../../lib/controls/redshiftserverless/workgroup-is-not-public.ts';
import { testControl } from '../harness.ts';
import { workgroup } from './workgroup.ts';

testControl(workgroupIsNotPublic, {
  base: workgroup(),
  rows: {
    'it is private': { given: {}, verdict: 'PASS' },
    'it is public': {
      given: workgroup({ isPublic: true }),
      verdict: 'FAIL',
      evidence: ['workgroup.isPublic'],
    },
    'it is public while it is made': {
      given: workgroup({ isPublic: true, status: 'CREATING' }),
      verdict: 'FAIL',
    },
    'nothing is said of it': { given: workgroup({ isPublic: undefined }), verdict: 'UNKNOWN' },
  },
});
