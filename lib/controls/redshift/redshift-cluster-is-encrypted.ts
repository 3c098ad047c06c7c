import { defineControl, fail, pass } from '../../model/control.ts';
import { redshiftCluster } from '../../resources/redshift/redshift-cluster.ts';

export const redshiftClusterIsEncrypted = defineControl(redshiftCluster, {
  id: 'Redshift.10',
  title: 'Redshift clusters should be encrypted at rest',
  severity: 'MEDIUM',
  rationale: 'Data that is encrypted is of no use to whoever gets hold of a disk or a snapshot.',
  standards: {
    'fsbp-1.0.0': ['Redshift.10'],
    'nist-800-53-r5': [
      ...['AU-9(3)', 'CP-9(d)', 'SC-13(a)', 'SC-28(1)', 'SC-8(3)', 'SC-8(4)', 'SI-19(4)'],
    ],
  },
  needs: ['cluster'],
  evaluate: ({ cluster }) =>
    cluster.isEncrypted
      ? pass
      : fail('the cluster is not encrypted', [
          { path: 'cluster.isEncrypted', actual: false, expected: true },
        ]),
  remediation: {
    advice:
      'Encrypt the cluster (aws redshift modify-cluster --encrypted): Redshift moves the data to an encrypted cluster, which can only be read meanwhile.',
  },
});
