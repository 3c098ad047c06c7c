import { defineControl, fail, pass } from '../../model/control.ts';
import { eksCluster } from '../../resources/eks/eks-cluster.ts';

export const clusterEncryptsSecrets = defineControl(eksCluster, {
  id: 'EKS.3',
  title: 'EKS clusters should use encrypted Kubernetes secrets',
  severity: 'MEDIUM',
  rationale:
    'Beside the key of EKS, which all that Kubernetes 1.28 and later keep is encrypted with, only one that you chose shows in CloudTrail who used it, and can be closed.',
  standards: {
    'fsbp-1.0.0': ['EKS.3'],
    'nist-800-53-r5': ['SC-12', 'SC-13', 'SC-8'],
    'pci-dss-4.0.1': ['8.3.2'],
  },
  needs: ['cluster'],
  evaluate: ({ cluster: { encryptsSecrets } }) =>
    encryptsSecrets
      ? pass
      : fail('the secrets of the cluster are encrypted with no key of KMS that somebody chose', [
          { path: 'cluster.encryptsSecrets', actual: false, expected: true },
        ]),
  remediation: {
    advice:
      'Choose a symmetric key of the region (aws eks associate-encryption-config). This cannot be taken back, and a cluster whose key is deleted is lost: keep people from deleting the key.',
  },
});
