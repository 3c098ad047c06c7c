import { defineControl } from '../../model/control.ts';
import { dbInstance } from '../../resources/rds/db-instance.ts';
import {
  changeInstance,
  modifiesInstance,
  multiAzClusterOf,
  proposeOnCluster,
} from './shared/database-change.ts';
import { outOfScope } from './shared/database-scope.ts';
import { mustBeOn } from './shared/database-setting.ts';

// RDS Custom refuses the setting: the customer patches the engine there.
export const databaseUpgradesMinorVersions = defineControl(dbInstance, {
  id: 'RDS.13',
  title: 'RDS automatic minor version upgrades should be enabled',
  severity: 'HIGH',
  rationale:
    'Minor versions close known holes in the engine; a database that nobody upgrades keeps them.',
  standards: {
    'fsbp-1.0.0': ['RDS.13'],
    'cis-aws-3.0.0': ['2.3.2'],
    'cis-aws-5.0.0': ['2.2.2'],
    'nist-800-53-r5': ['SI-2', 'SI-2(2)', 'SI-2(4)', 'SI-2(5)'],
    'pci-dss-4.0.1': ['6.3.3'],
  },
  needs: ['instance'],
  evaluate: ({ instance }) =>
    outOfScope(instance, { custom: false, members: true }) ??
    mustBeOn(
      'instance',
      instance,
      'AutoMinorVersionUpgrade',
      'minor versions are not installed automatically',
    ),
  remediation: {
    advice:
      'Turn on automatic minor version upgrades on the DB instance, on every member of a cluster; they are installed in its maintenance window.',
    grants: modifiesInstance,
    plan({ instance }, place) {
      const cluster = multiAzClusterOf(instance);
      if (cluster) return proposeOnCluster(cluster, { AutoMinorVersionUpgrade: true });
      // The setting itself is changed at once and interrupts nothing; what it lets happen is a restart.
      return changeInstance(instance, place, {
        risk: 'disruptive',
        summary: 'lets RDS install minor versions, with a restart, in the maintenance window',
        set: { AutoMinorVersionUpgrade: true },
        back: { AutoMinorVersionUpgrade: false },
      });
    },
  },
});
