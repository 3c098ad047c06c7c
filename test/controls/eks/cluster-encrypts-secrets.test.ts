import { clusterEncryptsSecrets } from '../../../lib/controls/eks/cluster-encrypts-secrets.ts';
import { testControl } from '../harness.ts';
import { cluster } from './clusters.ts';

testControl(clusterEncryptsSecrets, {
  rows: {
    'with a key': { given: { cluster }, verdict: 'PASS' },
    // https://docs.aws.amazon.com/config/latest/developerguide/eks-cluster-secrets-encrypted.html asks for an encryptionConfig,
    // whatever EKS does by itself.
    'with none but that of EKS': {
      given: { cluster: { ...cluster, encryptsSecrets: false } },
      verdict: 'FAIL',
      evidence: ['cluster.encryptsSecrets'],
    },
  },
});
