import { replicationInstanceIsNotPublic } from '../../../lib/controls/dms/replication-instance-is-not-public.ts';
import { testControl } from '../harness.ts';
import { instance } from './instance.ts';

testControl(replicationInstanceIsNotPublic, {
  base: instance(),
  rows: {
    'it is private': { given: {}, verdict: 'PASS' },
    'it is public': {
      given: instance({ isPublic: true }),
      verdict: 'FAIL',
      evidence: ['instance.isPublic'],
    },
    'it is public while it is made': {
      given: instance({ isPublic: true, status: 'creating' }),
      verdict: 'FAIL',
    },
    'nothing is said of it': { given: instance({ isPublic: undefined }), verdict: 'UNKNOWN' },
  },
});
