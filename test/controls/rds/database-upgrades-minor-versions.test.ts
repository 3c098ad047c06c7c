import { databaseUpgradesMinorVersions } from '../../../lib/controls/rds/database-upgrades-minor-versions.ts';
import { testControl } from '../harness.ts';

const plan = {
  risk: 'disruptive',
  calls: ['rds.modifyDBInstance'],
  input: { DBInstanceIdentifier: 'example', AutoMinorVersionUpgrade: true },
} as const;

testControl(databaseUpgradesMinorVersions, {
  rows: {
    'it is on': {
      given: { instance: { Engine: 'postgres', AutoMinorVersionUpgrade: true } },
      verdict: 'PASS',
    },
    'it is off': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'postgres',
          AutoMinorVersionUpgrade: false,
        },
      },
      verdict: 'FAIL',
      plan,
      evidence: ['instance.AutoMinorVersionUpgrade'],
    },
    'RDS does not say': {
      given: { instance: { Engine: 'postgres' } },
      verdict: 'FAIL',
      plan: { proposal: /status is not known/ },
      evidence: ['instance.AutoMinorVersionUpgrade'],
    },
    'it is being created': {
      given: {
        instance: {
          Engine: 'postgres',
          DBInstanceStatus: 'creating',
          AutoMinorVersionUpgrade: false,
        },
      },
      verdict: 'NOT_APPLICABLE',
      reason: /created/,
    },
    'it is being modified': {
      given: {
        instance: {
          Engine: 'postgres',
          DBInstanceStatus: 'modifying',
          AutoMinorVersionUpgrade: false,
        },
      },
      verdict: 'FAIL',
      plan: { proposal: /status is modifying/ },
    },
    DocumentDB: {
      given: { instance: { Engine: 'docdb', AutoMinorVersionUpgrade: true } },
      verdict: 'NOT_APPLICABLE',
    },
    Neptune: {
      given: { instance: { Engine: 'neptune', AutoMinorVersionUpgrade: false } },
      verdict: 'NOT_APPLICABLE',
    },
    'an engine that is not known': {
      given: { instance: { Engine: 'something-new', AutoMinorVersionUpgrade: true } },
      verdict: 'NOT_APPLICABLE',
    },
    'RDS Custom': {
      given: { instance: { Engine: 'custom-sqlserver-se', AutoMinorVersionUpgrade: false } },
      verdict: 'NOT_APPLICABLE',
    },
    'a member of a cluster': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'aurora-mysql',
          DBClusterIdentifier: 'sales',
          AutoMinorVersionUpgrade: false,
        },
      },
      verdict: 'FAIL',
      plan,
    },
    'a member of a cluster that has it': {
      given: {
        instance: {
          Engine: 'aurora-mysql',
          DBClusterIdentifier: 'sales',
          AutoMinorVersionUpgrade: true,
        },
      },
      verdict: 'PASS',
    },
    Oracle: {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'oracle-se2',
          AutoMinorVersionUpgrade: false,
        },
      },
      verdict: 'FAIL',
      plan,
    },
    'something else is pending': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'postgres',
          AutoMinorVersionUpgrade: false,
          PendingModifiedValues: { DBInstanceClass: 'db.r8g.large' },
        },
      },
      verdict: 'FAIL',
      plan: { proposal: /^DBInstanceClass waits to be applied/ },
    },
    'nothing is pending': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'postgres',
          AutoMinorVersionUpgrade: false,
          PendingModifiedValues: {},
        },
      },
      verdict: 'FAIL',
      plan,
    },
    'it is stopped': {
      given: {
        instance: {
          DBInstanceStatus: 'stopped',
          Engine: 'postgres',
          AutoMinorVersionUpgrade: false,
        },
      },
      verdict: 'FAIL',
      plan: { proposal: /status is stopped/ },
    },
    'a member of a Multi-AZ DB cluster': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'postgres',
          DBClusterIdentifier: 'sales',
          AutoMinorVersionUpgrade: false,
        },
      },
      verdict: 'FAIL',
      plan: { proposal: /member of sales/ },
    },
  },
});
