import { databaseUpgradesMinorVersions } from '../../../lib/controls/rds/database-upgrades-minor-versions.ts';
import { testControl } from '../harness.ts';

testControl(databaseUpgradesMinorVersions, {
  rows: {
    'it is on': {
      given: { instance: { Engine: 'postgres', AutoMinorVersionUpgrade: true } },
      verdict: 'PASS',
    },
    'it is off': {
      given: { instance: { Engine: 'postgres', AutoMinorVersionUpgrade: false } },
      verdict: 'FAIL',
      evidence: ['instance.AutoMinorVersionUpgrade'],
    },
    'RDS does not say': {
      given: { instance: { Engine: 'postgres' } },
      verdict: 'FAIL',
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
          Engine: 'aurora-mysql',
          DBClusterIdentifier: 'sales',
          AutoMinorVersionUpgrade: false,
        },
      },
      verdict: 'FAIL',
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
      given: { instance: { Engine: 'oracle-se2', AutoMinorVersionUpgrade: false } },
      verdict: 'FAIL',
    },
  },
});
