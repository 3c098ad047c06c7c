import { clusterIsNotPublic } from '../../../lib/controls/msk/cluster-is-not-public.ts';
import { testControl } from '../harness.ts';
import { cluster, serverless } from './cluster.ts';

testControl(clusterIsNotPublic, {
  base: cluster(),
  rows: {
    'it is private': { given: {}, verdict: 'PASS' },
    'nothing is said of public access': {
      given: cluster({ publicAccess: undefined }),
      verdict: 'PASS',
    },
    'it is public': {
      given: cluster({ publicAccess: 'SERVICE_PROVIDED_EIPS' }),
      verdict: 'FAIL',
      evidence: ['cluster.publicAccess'],
    },
    'it is public in a way that is not known here': {
      given: cluster({ publicAccess: 'SOMETHING_NEW' }),
      verdict: 'FAIL',
    },
    'a serverless cluster': { given: serverless, verdict: 'NOT_APPLICABLE' },
  },
});
