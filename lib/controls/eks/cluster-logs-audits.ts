import { defineControl, fail, pass } from '../../model/control.ts';
import { eksCluster } from '../../resources/eks/eks-cluster.ts';

export const clusterLogsAudits = defineControl(eksCluster, {
  id: 'EKS.8',
  title: 'EKS clusters should have audit logging enabled',
  severity: 'MEDIUM',
  rationale: 'Who did what in a cluster stands in its audit log, and nowhere else.',
  standards: {
    'fsbp-1.0.0': ['EKS.8'],
    'pci-dss-4.0.1': [
      ...['10.2.1.1', '10.2.1.2', '10.2.1.3', '10.2.1.4', '10.2.1.5', '10.2.1.6', '10.2.1.7'],
      ...['10.2.2', '10.3.1', '10.6.3', 'A1.2.1'],
    ],
  },
  needs: ['cluster'],
  evaluate: ({ cluster: { logs } }) =>
    logs.includes('audit')
      ? pass
      : fail('the cluster writes no audit log', [
          { path: 'cluster.logs', actual: logs, expected: 'audit among them' },
        ]),
  remediation: {
    advice:
      'Turn on the audit log of the control plane (aws eks update-cluster-config --logging). CloudWatch charges for what it takes in.',
  },
});
