import { defineControl, propose } from '../../model/control.ts';
import { dbInstance } from '../../resources/rds/db-instance.ts';
import { changeInstance, modifiesInstance } from './shared/database-change.ts';
import { outOfScope } from './shared/database-scope.ts';
import { mustBeOn } from './shared/database-setting.ts';
import { noStandbyBecause } from './shared/database-standby.ts';

export const databaseSpansZones = defineControl(dbInstance, {
  id: 'RDS.5',
  title: 'RDS DB instances should be configured with multiple Availability Zones',
  severity: 'MEDIUM',
  rationale: 'A database in one Availability Zone is down as long as that zone is.',
  standards: {
    'fsbp-1.0.0': ['RDS.5'],
    'cis-aws-5.0.0': ['2.2.4'],
    'nist-800-53-r5': ['CP-10', 'CP-6(2)', 'SC-36', 'SC-5(2)', 'SI-13(5)'],
  },
  needs: ['instance'],
  evaluate: ({ instance }) =>
    outOfScope(instance, { custom: false, members: false }) ??
    mustBeOn('instance', instance, 'MultiAZ', 'the DB instance is in one Availability Zone'),
  remediation: {
    advice:
      'Modify the DB instance to a Multi-AZ deployment. It costs a standby instance; do it in a quiet hour, since the storage is copied.',
    grants: modifiesInstance,
    plan({ instance }, place) {
      const why = noStandbyBecause(instance);
      if (why) return propose(why);
      // Else it waits for the maintenance window.
      const set = { MultiAZ: true, ApplyImmediately: true };
      return changeInstance(instance, place, {
        risk: 'disruptive',
        summary: 'adds a standby in another Availability Zone, which doubles the cost',
        set,
        back: { ...set, MultiAZ: false },
      });
    },
  },
});
