import { defineControl, fail, notApplicable, pass, propose } from '../../model/control.ts';
import { type EngineFamily, engineOf } from '../../resources/rds/db-engine.ts';
import { dbInstance } from '../../resources/rds/db-instance.ts';
import { outOfScope } from './shared/database-scope.ts';
import { pendingNote } from './shared/database-setting.ts';

// `DBPortNumber` of ModifyDBInstance.
const defaults: Readonly<Record<EngineFamily, number>> = {
  'aurora-mysql': 3306,
  'aurora-postgresql': 5432,
  db2: 50000,
  mariadb: 3306,
  mysql: 3306,
  oracle: 1521,
  postgres: 5432,
  sqlserver: 1433,
};

export const databaseAvoidsDefaultPort = defineControl(dbInstance, {
  id: 'RDS.23',
  title: 'RDS instances should not use a database engine default port',
  severity: 'LOW',
  rationale: 'A scan for databases begins with the ports that they have by default.',
  standards: {
    'fsbp-1.0.0': ['RDS.23'],
    'nist-800-53-r5': [
      'AC-4',
      'AC-4(21)',
      'SC-7',
      'SC-7(11)',
      'SC-7(16)',
      'SC-7(21)',
      'SC-7(4)',
      'SC-7(5)',
    ],
  },
  needs: ['instance'],
  evaluate({ instance }) {
    const outside = outOfScope(instance, { custom: true, members: false });
    if (outside) return outside;
    const port = instance.Endpoint?.Port;
    const family = engineOf(instance.Engine)?.family;
    if (port === undefined || !family) return notApplicable('it has no endpoint');
    if (port !== defaults[family]) return pass;
    return fail(`port ${port} is the default of the engine${pendingNote(instance, 'Port')}`, [
      { path: 'instance.Endpoint.Port', actual: port, expected: 'another port' },
    ]);
  },
  remediation: {
    advice:
      "Change the port of the DB instance together with its security groups and its clients' connection strings; the instance restarts at once.",
    grants: [],
    plan: () =>
      propose(
        'another port restarts the DB instance at once and cuts off every client and security group that knows the old one',
      ),
  },
});
