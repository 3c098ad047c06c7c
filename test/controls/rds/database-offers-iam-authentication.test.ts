import { databaseOffersIamAuthentication } from '../../../lib/controls/rds/database-offers-iam-authentication.ts';
import { testControl } from '../harness.ts';

const plan = {
  risk: 'disruptive',
  calls: ['rds.modifyDBInstance'],
  input: { EnableIAMDatabaseAuthentication: true, ApplyImmediately: true },
} as const;

testControl(databaseOffersIamAuthentication, {
  rows: {
    'it is on': {
      given: { instance: { Engine: 'postgres', IAMDatabaseAuthenticationEnabled: true } },
      verdict: 'PASS',
    },
    'it is off': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'postgres',
          IAMDatabaseAuthenticationEnabled: false,
        },
      },
      verdict: 'FAIL',
      plan,
      evidence: ['instance.IAMDatabaseAuthenticationEnabled'],
    },
    'RDS does not say': {
      given: { instance: { Engine: 'postgres' } },
      verdict: 'FAIL',
      plan: { proposal: /status is not known/ },
      evidence: ['instance.IAMDatabaseAuthenticationEnabled'],
    },
    'it is being created': {
      given: {
        instance: {
          Engine: 'postgres',
          DBInstanceStatus: 'creating',
          IAMDatabaseAuthenticationEnabled: false,
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
          IAMDatabaseAuthenticationEnabled: false,
        },
      },
      verdict: 'FAIL',
      plan: { proposal: /status is modifying/ },
    },
    DocumentDB: {
      given: { instance: { Engine: 'docdb', IAMDatabaseAuthenticationEnabled: true } },
      verdict: 'NOT_APPLICABLE',
    },
    Neptune: {
      given: { instance: { Engine: 'neptune', IAMDatabaseAuthenticationEnabled: false } },
      verdict: 'NOT_APPLICABLE',
    },
    'an engine that is not known': {
      given: { instance: { Engine: 'something-new', IAMDatabaseAuthenticationEnabled: true } },
      verdict: 'NOT_APPLICABLE',
    },
    'RDS Custom': {
      given: {
        instance: { Engine: 'custom-sqlserver-se', IAMDatabaseAuthenticationEnabled: false },
      },
      verdict: 'NOT_APPLICABLE',
    },
    'a member of a cluster': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'aurora-mysql',
          DBClusterIdentifier: 'sales',
          IAMDatabaseAuthenticationEnabled: false,
        },
      },
      verdict: 'FAIL',
      plan: { proposal: /member of sales/ },
    },
    'a member of a cluster that has it': {
      given: {
        instance: {
          Engine: 'aurora-mysql',
          DBClusterIdentifier: 'sales',
          IAMDatabaseAuthenticationEnabled: true,
        },
      },
      verdict: 'PASS',
    },
    MySQL: {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'mysql',
          EngineVersion: '8.0.39',
          IAMDatabaseAuthenticationEnabled: false,
        },
      },
      verdict: 'FAIL',
      plan,
    },
    'MariaDB 10.6': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'mariadb',
          EngineVersion: '10.6.19',
          IAMDatabaseAuthenticationEnabled: false,
        },
      },
      verdict: 'FAIL',
      plan,
    },
    'MariaDB 10.5 cannot': {
      given: {
        instance: {
          Engine: 'mariadb',
          EngineVersion: '10.5.26',
          IAMDatabaseAuthenticationEnabled: false,
        },
      },
      verdict: 'NOT_APPLICABLE',
      reason: /MariaDB 10.5.26/,
    },
    'Oracle cannot': {
      given: { instance: { Engine: 'oracle-ee', IAMDatabaseAuthenticationEnabled: false } },
      verdict: 'NOT_APPLICABLE',
      reason: /oracle-ee/,
    },
    'SQL Server cannot': {
      given: { instance: { Engine: 'sqlserver-se', IAMDatabaseAuthenticationEnabled: false } },
      verdict: 'NOT_APPLICABLE',
    },
    'Db2 cannot': {
      given: { instance: { Engine: 'db2-ae', IAMDatabaseAuthenticationEnabled: false } },
      verdict: 'NOT_APPLICABLE',
    },
    'it waits for the maintenance window': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'postgres',
          IAMDatabaseAuthenticationEnabled: false,
          PendingModifiedValues: { IAMDatabaseAuthenticationEnabled: true },
        },
      },
      verdict: 'FAIL',
      plan: { proposal: /^IAMDatabaseAuthenticationEnabled waits/ },
      reason: /pending: true/,
    },
    'something else is pending': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'postgres',
          IAMDatabaseAuthenticationEnabled: false,
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
          IAMDatabaseAuthenticationEnabled: false,
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
          IAMDatabaseAuthenticationEnabled: false,
        },
      },
      verdict: 'FAIL',
      plan: { proposal: /status is stopped/ },
    },
  },
});
