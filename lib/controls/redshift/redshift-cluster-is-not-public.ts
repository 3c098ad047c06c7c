import { defineControl, fail, pass } from '../../model/control.ts';
import { redshiftCluster } from '../../resources/redshift/redshift-cluster.ts';

export const redshiftClusterIsNotPublic = defineControl(redshiftCluster, {
  id: 'Redshift.1',
  title: 'Amazon Redshift clusters should prohibit public access',
  severity: 'CRITICAL',
  rationale: 'A data warehouse on the internet is one password away from everybody.',
  standards: {
    'fsbp-1.0.0': ['Redshift.1'],
    'nist-800-53-r5': [
      ...['AC-21', 'AC-3', 'AC-3(7)', 'AC-4', 'AC-4(21)', 'AC-6', 'SC-7', 'SC-7(11)', 'SC-7(16)'],
      ...['SC-7(20)', 'SC-7(21)', 'SC-7(3)', 'SC-7(4)', 'SC-7(9)'],
    ],
    'pci-dss-4.0.1': [
      ...['1.2.8', '1.3.1', '1.3.2', '1.4.2', '1.5.1', '10.3.2', '3.5.1.3', '7.2.6'],
      ...['A1.1.2', 'A1.1.3', 'A3.4.1'],
    ],
  },
  exposes: true,
  needs: ['cluster'],
  evaluate: ({ cluster }) =>
    !cluster.isPublic
      ? pass
      : fail('the cluster can be reached from outside its VPC', [
          { path: 'cluster.isPublic', actual: true, expected: false },
        ]),
  remediation: {
    advice:
      'Make the cluster private (aws redshift modify-cluster --no-publicly-accessible): its address changes, and who comes from outside is shut out. Reach it by a VPN, or a Redshift-managed VPC endpoint.',
  },
});
