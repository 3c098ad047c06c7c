import { isPrivate, networkOf } from '../../analysis/network/sources.ts';
import { defineControl, fail, pass } from '../../model/control.ts';
import { eksCluster } from '../../resources/eks/eks-cluster.ts';

// Half of all addresses, written as two ranges, is everybody as well. Nobody comes from a private network.
const isWide = (cidr: string): boolean => {
  const network = networkOf(cidr);
  if (network && isPrivate(network)) return false;
  return Number(cidr.split('/')[1] ?? 32) <= (cidr.includes(':') ? 16 : 8);
};

export const clusterEndpointIsNotOpenToEverybody = defineControl(eksCluster, {
  id: 'PL.EKS.1',
  title: 'A public endpoint of an EKS cluster should answer known networks only',
  severity: 'HIGH',
  rationale: 'An endpoint that answers everybody is found by scanners within minutes.',
  standards: {},
  exposes: true,
  needs: ['cluster'],
  evaluate({ cluster: { hasPublicEndpoint, publicSources } }) {
    const wide = publicSources.filter(isWide);
    if (!hasPublicEndpoint || wide.length === 0) return pass;
    return fail('the endpoint of the cluster answers everybody', [
      {
        path: 'cluster.publicSources',
        actual: wide,
        expected: 'the networks of those who use it, each narrower than /8, or /16 of IPv6',
      },
    ]);
  },
  remediation: {
    advice:
      'Name the networks that deploy in publicAccessCidrs, those of nodes too where they have no private endpoint: what is not named is shut out at once.',
    url: 'https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html',
  },
});
