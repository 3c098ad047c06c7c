import { defineControl } from '../../model/control.ts';
import { dbInstance } from '../../resources/rds/db-instance.ts';
import { changeInstance, modifiesInstance } from './shared/database-change.ts';
import { outOfScope } from './shared/database-scope.ts';
import { mustBeOn } from './shared/database-setting.ts';

// Security Hub names the engines; Db2 and RDS Custom for SQL Server came later and have the setting too.
export const databaseRefusesDeletion = defineControl(dbInstance, {
  id: 'RDS.8',
  title: 'RDS DB instances should have deletion protection enabled',
  severity: 'LOW',
  rationale:
    'Deletion protection stands between one mistaken or hostile call and the loss of the database.',
  standards: { 'fsbp-1.0.0': ['RDS.8'], 'nist-800-53-r5': ['CM-3', 'SC-5(2)', 'SI-13(5)'] },
  needs: ['instance'],
  evaluate: ({ instance }) =>
    outOfScope(instance, { custom: true, members: false }) ??
    mustBeOn(
      'instance',
      instance,
      'DeletionProtection',
      'the DB instance can be deleted by one call',
    ),
  remediation: {
    advice:
      'Turn on deletion protection on the DB instance; it takes effect at once and interrupts nothing.',
    grants: modifiesInstance,
    plan: ({ instance }, place) =>
      changeInstance(instance, place, {
        risk: 'safe',
        summary: 'turns on deletion protection of the DB instance',
        set: { DeletionProtection: true },
        back: { DeletionProtection: false },
      }),
  },
});
