import { defineControl, propose } from '../../model/control.ts';
import { dbCluster } from '../../resources/rds/db-cluster.ts';
import { clusterOutOfScope } from './shared/database-scope.ts';
import { mustBeOn } from './shared/database-setting.ts';

export const clusterSpansZones = defineControl(dbCluster, {
  id: 'RDS.15',
  title: 'RDS DB clusters should be configured for multiple Availability Zones',
  severity: 'MEDIUM',
  rationale: 'A cluster in one Availability Zone is down as long as that zone is.',
  standards: {
    'fsbp-1.0.0': ['RDS.15'],
    'cis-aws-5.0.0': ['2.2.4'],
    'nist-800-53-r5': ['CP-10', 'CP-6(2)', 'SC-36', 'SC-5(2)', 'SI-13(5)'],
  },
  needs: ['cluster'],
  evaluate: ({ cluster }) =>
    clusterOutOfScope(cluster) ??
    mustBeOn(
      'cluster',
      cluster,
      'MultiAZ',
      'all members of the DB cluster are in one Availability Zone',
    ),
  remediation: {
    advice: 'Add a reader to the cluster in another Availability Zone.',
    grants: [],
    plan: () =>
      propose(
        'it takes a reader in another Availability Zone, a DB instance that costs as much as the writer',
      ),
  },
});
