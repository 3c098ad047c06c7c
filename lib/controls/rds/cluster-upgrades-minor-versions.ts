import { defineControl, notApplicable } from '../../model/control.ts';
import { dbCluster } from '../../resources/rds/db-cluster.ts';
import { engineOf } from '../../resources/rds/db-engine.ts';
import { changeCluster, modifiesCluster } from './shared/database-change.ts';
import { clusterOutOfScope } from './shared/database-scope.ts';
import { mustBeOn } from './shared/database-setting.ts';

// Security Hub asks it of Multi-AZ DB clusters. An Aurora cluster is upgraded where each of its instances says so (RDS.13);
// what older ones answer for the cluster itself says nothing.
// https://docs.aws.amazon.com/config/latest/developerguide/rds-cluster-auto-minor-version-upgrade-enable.html
const isOfAurora = (engine: string | undefined): boolean =>
  engineOf(engine)?.family.startsWith('aurora-') ?? false;

export const clusterUpgradesMinorVersions = defineControl(dbCluster, {
  id: 'RDS.35',
  title: 'RDS DB clusters should have automatic minor version upgrade enabled',
  severity: 'MEDIUM',
  rationale:
    'Minor versions close known holes in the engine; a cluster that nobody upgrades keeps them.',
  standards: { 'fsbp-1.0.0': ['RDS.35'] },
  needs: ['cluster'],
  evaluate: ({ cluster }) =>
    clusterOutOfScope(cluster) ??
    (isOfAurora(cluster.Engine)
      ? notApplicable('an Aurora cluster, of which each instance has the setting')
      : mustBeOn(
          'cluster',
          cluster,
          'AutoMinorVersionUpgrade',
          'minor versions are not installed automatically',
        )),
  remediation: {
    advice:
      'Turn on automatic minor version upgrades on the Multi-AZ DB cluster; they are installed in its maintenance window.',
    grants: modifiesCluster,
    // The setting itself is changed at once and interrupts nothing; what it lets happen is a restart.
    plan: ({ cluster }, place) =>
      changeCluster(cluster, place, {
        risk: 'disruptive',
        summary: 'lets RDS install minor versions, with a restart, in the maintenance window',
        set: { AutoMinorVersionUpgrade: true },
        back: { AutoMinorVersionUpgrade: false },
      }),
  },
});
