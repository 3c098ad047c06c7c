import { defineControl } from '../../model/control.ts';
import { dbCluster } from '../../resources/rds/db-cluster.ts';
import { changeCluster, modifiesCluster } from './shared/database-change.ts';
import { clusterOutOfScope } from './shared/database-scope.ts';
import { mustBeOn } from './shared/database-setting.ts';

export const clusterRefusesDeletion = defineControl(dbCluster, {
  id: 'RDS.7',
  title: 'RDS clusters should have deletion protection enabled',
  severity: 'MEDIUM',
  rationale:
    'Deletion protection stands between one mistaken or hostile call and the loss of the cluster.',
  standards: { 'fsbp-1.0.0': ['RDS.7'], 'nist-800-53-r5': ['CM-3', 'SC-5(2)'] },
  needs: ['cluster'],
  evaluate: ({ cluster }) =>
    clusterOutOfScope(cluster) ??
    mustBeOn('cluster', cluster, 'DeletionProtection', 'the DB cluster can be deleted by one call'),
  remediation: {
    advice:
      'Turn on deletion protection on the DB cluster; it takes effect at once and interrupts nothing.',
    grants: modifiesCluster,
    plan: ({ cluster }, place) =>
      changeCluster(cluster, place, {
        risk: 'safe',
        summary: 'turns on deletion protection of the DB cluster',
        set: { DeletionProtection: true },
        back: { DeletionProtection: false },
      }),
  },
});
