import { defineControl, fail, pass } from '../../model/control.ts';
import { integer } from '../../model/parameters.ts';
import { redshiftCluster } from '../../resources/redshift/redshift-cluster.ts';

export const redshiftClusterKeepsSnapshots = defineControl(redshiftCluster, {
  id: 'Redshift.3',
  title: 'Amazon Redshift clusters should have automatic snapshots enabled',
  severity: 'MEDIUM',
  rationale: 'What somebody deletes or overwrites comes back from a snapshot of the days before.',
  standards: {
    'fsbp-1.0.0': ['Redshift.3'],
    'nist-800-53-r5': [
      ...['CP-10', 'CP-6', 'CP-6(1)', 'CP-6(2)', 'CP-9', 'SC-5(2)', 'SC-7(10)', 'SI-13(5)'],
    ],
  },
  needs: ['cluster'],
  parameters: { minRetentionPeriod: integer({ default: 7, min: 1, max: 35 }) },
  evaluate: ({ cluster: { snapshotDays } }, { parameters: { minRetentionPeriod } }) =>
    snapshotDays >= minRetentionPeriod
      ? pass
      : fail('automatic snapshots are kept for too few days', [
          {
            path: 'cluster.snapshotDays',
            actual: snapshotDays,
            expected: `at least ${minRetentionPeriod}`,
          },
        ]),
  remediation: {
    advice:
      'Keep automatic snapshots for seven days or more (aws redshift modify-cluster --automated-snapshot-retention-period 7). What they take beyond the free storage is paid for.',
  },
});
