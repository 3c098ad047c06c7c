import { clusterAsksWhoClientsAre } from '../../../lib/controls/msk/cluster-asks-who-clients-are.ts';
import { testControl } from '../harness.ts';
import { cluster, serverless } from './cluster.ts';

testControl(clusterAsksWhoClientsAre, {
  base: cluster(),
  rows: {
    'it asks by IAM': { given: {}, verdict: 'PASS' },
    'it asks some, and admits others': {
      given: cluster({ admitsAnybody: true }),
      verdict: 'FAIL',
      evidence: ['cluster.admitsAnybody'],
    },
    'it asks nobody, and does not say so': {
      given: cluster({ authentication: [] }),
      verdict: 'FAIL',
      evidence: ['cluster.authentication'],
    },
    'a serverless cluster': { given: serverless, verdict: 'NOT_APPLICABLE' },
  },
});
