import { databaseRefusesDeletion } from '../../../lib/controls/rds/database-refuses-deletion.ts';
import { testControl } from '../harness.ts';

const plan = {
  risk: 'safe',
  calls: ['rds.modifyDBInstance'],
  input: { DBInstanceIdentifier: 'example', DeletionProtection: true },
} as const;

testControl(databaseRefusesDeletion, {
  rows: {
    'it is on': {
      given: { instance: { Engine: 'postgres', DeletionProtection: true } },
      verdict: 'PASS',
    },
    'it is off': {
      given: {
        instance: { DBInstanceStatus: 'available', Engine: 'postgres', DeletionProtection: false },
      },
      verdict: 'FAIL',
      plan,
      evidence: ['instance.DeletionProtection'],
    },
    'RDS does not say': {
      given: { instance: { Engine: 'postgres' } },
      verdict: 'FAIL',
      plan: { proposal: /status is not known/ },
      evidence: ['instance.DeletionProtection'],
    },
    'it is being created': {
      given: {
        instance: { Engine: 'postgres', DBInstanceStatus: 'creating', DeletionProtection: false },
      },
      verdict: 'NOT_APPLICABLE',
      reason: /created/,
    },
    'it is being modified': {
      given: {
        instance: { Engine: 'postgres', DBInstanceStatus: 'modifying', DeletionProtection: false },
      },
      verdict: 'FAIL',
      plan: { proposal: /status is modifying/ },
    },
    DocumentDB: {
      given: { instance: { Engine: 'docdb', DeletionProtection: true } },
      verdict: 'NOT_APPLICABLE',
    },
    Neptune: {
      given: { instance: { Engine: 'neptune', DeletionProtection: false } },
      verdict: 'NOT_APPLICABLE',
    },
    'an engine that is not known': {
      given: { instance: { Engine: 'something-new', DeletionProtection: true } },
      verdict: 'NOT_APPLICABLE',
    },
    'RDS Custom': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'custom-sqlserver-se',
          DeletionProtection: false,
        },
      },
      verdict: 'FAIL',
      plan,
    },
    'a member of a cluster': {
      given: {
        instance: {
          Engine: 'aurora-mysql',
          DBClusterIdentifier: 'sales',
          DeletionProtection: false,
        },
      },
      verdict: 'NOT_APPLICABLE',
      reason: /sales/,
    },
    'a member of a Multi-AZ DB cluster': {
      given: {
        instance: { Engine: 'mysql', DBClusterIdentifier: 'sales', DeletionProtection: false },
      },
      verdict: 'NOT_APPLICABLE',
    },
    Db2: {
      given: {
        instance: { DBInstanceStatus: 'available', Engine: 'db2-se', DeletionProtection: false },
      },
      verdict: 'FAIL',
      plan,
    },
    'something else is pending': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'postgres',
          DeletionProtection: false,
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
          DeletionProtection: false,
          PendingModifiedValues: {},
        },
      },
      verdict: 'FAIL',
      plan,
    },
    'it is stopped': {
      given: {
        instance: { DBInstanceStatus: 'stopped', Engine: 'postgres', DeletionProtection: false },
      },
      verdict: 'FAIL',
      plan: { proposal: /status is stopped/ },
    },
  },
});
