import { clusterEncryptsBetweenBrokers } from '../../../lib/controls/msk/cluster-encrypts-between-brokers.ts';
import { testControl } from '../harness.ts';
import { cluster, serverless } from './cluster.ts';

testControl(clusterEncryptsBetweenBrokers, {
  base: cluster(),
  rows: {
    'it encrypts': { given: {}, verdict: 'PASS' },
    'it does not': {
      given: cluster({ encryptsBetweenBrokers: false }),
      verdict: 'FAIL',
      evidence: ['cluster.encryptsBetweenBrokers'],
    },
    'nothing is said of it': {
      given: cluster({ encryptsBetweenBrokers: undefined }),
      verdict: 'UNKNOWN',
    },
    'a serverless cluster': { given: serverless, verdict: 'NOT_APPLICABLE' },
  },
});
