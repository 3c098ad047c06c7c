import { defineControl, fail, pass } from '../../model/control.ts';
import { redshiftCluster } from '../../resources/redshift/redshift-cluster.ts';

export const redshiftClusterUpgradesItself = defineControl(redshiftCluster, {
  id: 'Redshift.6',
  title: 'Amazon Redshift should have automatic upgrades to major versions enabled',
  severity: 'MEDIUM',
  rationale: 'Holes are closed by new versions, which nobody has to remember then.',
  standards: {
    'fsbp-1.0.0': ['Redshift.6'],
    'nist-800-53-r5': [
      ...['CA-9(1)', 'CM-2', 'CP-9', 'SC-5(2)', 'SI-2', 'SI-2(2)', 'SI-2(4)', 'SI-2(5)'],
    ],
  },
  needs: ['cluster'],
  evaluate: ({ cluster }) =>
    cluster.upgradesItself
      ? pass
      : fail('the cluster takes no new versions by itself', [
          { path: 'cluster.upgradesItself', actual: false, expected: true },
        ]),
  remediation: {
    advice:
      'Allow version upgrades (aws redshift modify-cluster --allow-version-upgrade): they are made in the maintenance window, with a restart.',
  },
});
