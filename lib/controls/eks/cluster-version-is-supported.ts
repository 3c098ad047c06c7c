import { defineControl, fail, passUntil, unknown } from '../../model/control.ts';
import { eksCluster } from '../../resources/eks/eks-cluster.ts';

export const clusterVersionIsSupported = defineControl(eksCluster, {
  id: 'EKS.2',
  title: 'EKS clusters should run on a supported Kubernetes version',
  severity: 'HIGH',
  rationale:
    'Holes in Kubernetes that everybody can read of are closed in versions that are supported.',
  standards: {
    'fsbp-1.0.0': ['EKS.2'],
    'nist-800-53-r5': ['CA-9(1)', 'CM-2', 'SI-2', 'SI-2(2)', 'SI-2(4)', 'SI-2(5)'],
    'pci-dss-4.0.1': ['6.3.3'],
  },
  needs: ['support'],
  evaluate({ support: { version, status, endsAt } }, { at }) {
    if (status === undefined) return unknown(`AWS says nothing of the version ${version}`);
    const end = endsAt === undefined ? undefined : new Date(endsAt);
    if (status === 'STANDARD_SUPPORT' && (end === undefined || end > at)) return passUntil(end);
    return fail(`standard support of Kubernetes ${version} has ended`, [
      { path: 'support.version', actual: version, expected: 'a version in standard support' },
    ]);
  },
  remediation: {
    advice:
      'Update the control plane one minor version at a time, then the nodes and the add-ons. Look for what the next version takes away before (EKS shows it as upgrade insights): a control plane does not go back.',
  },
});
