import { databaseOffersIamAuthentication } from '../../../lib/controls/rds/database-offers-iam-authentication.ts';
import { testControl } from '../harness.ts';

testControl(databaseOffersIamAuthentication, {
  rows: {
    'it is on': {
      given: { instance: { Engine: 'postgres', IAMDatabaseAuthenticationEnabled: true } },
      verdict: 'PASS',
    },
    'it is off': {
      given: { instance: { Engine: 'postgres', IAMDatabaseAuthenticationEnabled: false } },
      verdict: 'FAIL',
      evidence: ['instance.IAMDatabaseAuthenticationEnabled'],
    },
    'RDS does not say': {
      given: { instance: { Engine: 'postgres' } },
      verdict: 'FAIL',
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
          Engine: 'aurora-mysql',
          DBClusterIdentifier: 'sales',
          IAMDatabaseAuthenticationEnabled: false,
        },
      },
      verdict: 'FAIL',
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
          Engine: 'mysql',
          EngineVersion: '8.0.39',
          IAMDatabaseAuthenticationEnabled: false,
        },
      },
      verdict: 'FAIL',
    },
    'MariaDB 10.6': {
      given: {
        instance: {
          Engine: 'mariadb',
          EngineVersion: '10.6.19',
          IAMDatabaseAuthenticationEnabled: false,
        },
      },
      verdict: 'FAIL',
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
          Engine: 'postgres',
          IAMDatabaseAuthenticationEnabled: false,
          PendingModifiedValues: { IAMDatabaseAuthenticationEnabled: true },
        },
      },
      verdict: 'FAIL',
      reason: /pending: true/,
    },
  },
});
