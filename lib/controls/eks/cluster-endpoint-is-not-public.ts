import { defineControl, fail, pass } from '../../model/control.ts';
import { eksCluster } from '../../resources/eks/eks-cluster.ts';

export const clusterEndpointIsNotPublic = defineControl(eksCluster, {
  id: 'EKS.1',
  title: 'EKS cluster endpoints should not be publicly accessible',
  severity: 'HIGH',
  rationale:
    'Whoever reaches the endpoint can try stolen tokens, and the newest holes, on the cluster.',
  standards: {
    'fsbp-1.0.0': ['EKS.1'],
    'pci-dss-4.0.1': ['1.2.8', '1.3.1', '1.3.2', '1.4.2', '1.5.1', 'A1.1.3'],
  },
  needs: ['cluster'],
  evaluate: ({ cluster: { hasPublicEndpoint, publicSources } }) =>
    hasPublicEndpoint
      ? fail('the endpoint of the cluster is public', [
          {
            path: 'cluster.hasPublicEndpoint',
            actual: { isPublic: true, for: publicSources },
            expected: false,
          },
        ])
      : pass,
  remediation: {
    advice:
      'Turn on the private endpoint first, see that whoever deploys reaches it from the VPC or a VPN, then turn off the public one.',
  },
});
