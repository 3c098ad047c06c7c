import { defineControl, fail, notApplicable, pass } from '../../model/control.ts';
import { dbCluster } from '../../resources/rds/db-cluster.ts';
import { engineOf } from '../../resources/rds/db-engine.ts';
import { clusterOutOfScope } from './shared/database-scope.ts';

export const auroraMysqlCanBeWoundBack = defineControl(dbCluster, {
  id: 'RDS.14',
  title: 'Amazon Aurora clusters should have backtracking enabled',
  severity: 'MEDIUM',
  rationale:
    'A cluster that can be wound back is as it was minutes after a mistake, without being restored.',
  standards: {
    'fsbp-1.0.0': ['RDS.14'],
    'nist-800-53-r5': ['CP-10', 'CP-6', 'CP-6(1)', 'CP-6(2)', 'CP-9', 'SI-13(5)'],
  },
  needs: ['cluster'],
  evaluate({ cluster }) {
    const outside = clusterOutOfScope(cluster);
    if (outside) return outside;
    // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Backtrack.html
    if (engineOf(cluster.Engine)?.family !== 'aurora-mysql')
      return notApplicable(`${cluster.Engine} is not Aurora MySQL`);
    const seconds = cluster.BacktrackWindow ?? 0;
    if (seconds > 0) return pass;
    return fail('the cluster cannot be wound back', [
      { path: 'cluster.BacktrackWindow', actual: seconds, expected: 'more than 0 seconds' },
    ]);
  },
  remediation: {
    advice:
      'Restore a snapshot, or clone the cluster, with a backtrack window of up to 72 hours: it cannot be turned on where it was not on when the cluster was made. What is kept for it costs money.',
  },
});
