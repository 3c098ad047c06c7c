import { databaseIsBackedUp } from '../../../lib/controls/rds/database-is-backed-up.ts';
import { testControl } from '../harness.ts';

testControl(databaseIsBackedUp, {
  rows: {
    'for seven days': {
      given: { instance: { Engine: 'mysql', BackupRetentionPeriod: 7 } },
      verdict: 'PASS',
    },
    'for six days': {
      given: { instance: { Engine: 'mysql', BackupRetentionPeriod: 6 } },
      verdict: 'FAIL',
      evidence: ['instance.BackupRetentionPeriod'],
      reason: /for 6 days/,
    },
    'not at all': {
      given: { instance: { Engine: 'mysql', BackupRetentionPeriod: 0 } },
      verdict: 'FAIL',
      evidence: ['instance.BackupRetentionPeriod'],
      reason: /are off/,
    },
    'RDS does not say': { given: { instance: { Engine: 'mysql' } }, verdict: 'FAIL' },
    'seven days are pending': {
      given: {
        instance: {
          Engine: 'mysql',
          BackupRetentionPeriod: 1,
          PendingModifiedValues: { BackupRetentionPeriod: 7 },
        },
      },
      verdict: 'FAIL',
      reason: /1 days \(pending: 7\)/,
    },
    '30 days are asked for': {
      given: { instance: { Engine: 'mysql', BackupRetentionPeriod: 29 } },
      verdict: 'FAIL',
      parameters: { backupRetentionMinimum: 30 },
    },
    '30 days are asked for and kept': {
      given: { instance: { Engine: 'mysql', BackupRetentionPeriod: 30 } },
      verdict: 'PASS',
      parameters: { backupRetentionMinimum: 30 },
    },
    'a read replica': {
      given: {
        instance: {
          Engine: 'mysql',
          BackupRetentionPeriod: 0,
          ReadReplicaSourceDBInstanceIdentifier: 'orders',
        },
      },
      verdict: 'NOT_APPLICABLE',
      reason: /a read replica of orders/,
    },
    'a read replica of a Multi-AZ DB cluster': {
      given: {
        instance: {
          Engine: 'mysql',
          BackupRetentionPeriod: 0,
          ReadReplicaSourceDBClusterIdentifier: 'orders',
        },
      },
      verdict: 'NOT_APPLICABLE',
    },
    'read replicas are to be checked': {
      given: {
        instance: {
          Engine: 'mysql',
          BackupRetentionPeriod: 0,
          ReadReplicaSourceDBInstanceIdentifier: 'orders',
        },
      },
      verdict: 'FAIL',
      parameters: { checkReadReplicas: true },
    },
    'a member of a cluster': {
      given: {
        instance: {
          Engine: 'aurora-mysql',
          DBClusterIdentifier: 'sales',
          BackupRetentionPeriod: 1,
        },
      },
      verdict: 'FAIL',
    },
    'RDS Custom': {
      given: { instance: { Engine: 'custom-oracle-ee', BackupRetentionPeriod: 1 } },
      verdict: 'FAIL',
    },
    'it is being created': {
      given: {
        instance: { Engine: 'mysql', DBInstanceStatus: 'creating', BackupRetentionPeriod: 0 },
      },
      verdict: 'NOT_APPLICABLE',
    },
    DocumentDB: {
      given: { instance: { Engine: 'docdb', BackupRetentionPeriod: 1 } },
      verdict: 'NOT_APPLICABLE',
    },
  },
});
