import { defineControl } from '../../model/control.ts';
import { dbCluster } from '../../resources/rds/db-cluster.ts';
import { changeCluster, modifiesCluster } from './shared/database-change.ts';
import { clusterOutOfScope } from './shared/database-scope.ts';
import { mustBeOn } from './shared/database-setting.ts';

export const clusterCopiesTagsToSnapshots = defineControl(dbCluster, {
  id: 'RDS.16',
  title: 'RDS DB clusters should be configured to copy tags to snapshots',
  severity: 'LOW',
  rationale:
    'A snapshot without the tags of its cluster has no owner and escapes the rules that go by tag.',
  standards: { 'fsbp-1.0.0': ['RDS.16'], 'nist-800-53-r5': ['CA-9(1)', 'CM-2', 'CM-2(2)'] },
  needs: ['cluster'],
  evaluate: ({ cluster }) =>
    clusterOutOfScope(cluster) ??
    mustBeOn('cluster', cluster, 'CopyTagsToSnapshot', 'tags are not copied to snapshots'),
  remediation: {
    advice:
      'Turn on copying of tags to snapshots on the DB cluster; it takes effect at once and interrupts nothing.',
    grants: modifiesCluster,
    plan: ({ cluster }, place) =>
      changeCluster(cluster, place, {
        risk: 'safe',
        summary: 'turns on copying of tags to the snapshots of the DB cluster',
        set: { CopyTagsToSnapshot: true },
        back: { CopyTagsToSnapshot: false },
      }),
  },
});
