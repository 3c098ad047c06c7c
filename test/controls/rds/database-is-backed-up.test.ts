import { databaseIsBackedUp } from '../../../lib/controls/rds/database-is-backed-up.ts';
import { testControl } from '../harness.ts';

const plan = {
  risk: 'disruptive',
  calls: ['rds.modifyDBInstance'],
  input: { BackupRetentionPeriod: 7 },
  summary: /for 7 days, which takes more storage$/,
  undo: 'impossible',
} as const;
const turnsOn = {
  ...plan,
  input: { BackupRetentionPeriod: 7, ApplyImmediately: true },
  summary: /with a short interruption$/,
} as const;

testControl(databaseIsBackedUp, {
  rows: {
    'for seven days': {
      given: { instance: { Engine: 'mysql', BackupRetentionPeriod: 7 } },
      verdict: 'PASS',
    },
    'for six days': {
      given: {
        instance: { DBInstanceStatus: 'available', Engine: 'mysql', BackupRetentionPeriod: 6 },
      },
      verdict: 'FAIL',
      plan,
      evidence: ['instance.BackupRetentionPeriod'],
      reason: /for 6 days/,
    },
    'not at all': {
      given: {
        instance: { DBInstanceStatus: 'available', Engine: 'mysql', BackupRetentionPeriod: 0 },
      },
      verdict: 'FAIL',
      plan: turnsOn,
      evidence: ['instance.BackupRetentionPeriod'],
      reason: /are off/,
    },
    'RDS does not say': {
      given: { instance: { Engine: 'mysql' } },
      verdict: 'FAIL',
      plan: { proposal: /status is not known/ },
    },
    'seven days are pending': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'mysql',
          BackupRetentionPeriod: 1,
          PendingModifiedValues: { BackupRetentionPeriod: 7 },
        },
      },
      verdict: 'FAIL',
      plan: { proposal: /^BackupRetentionPeriod waits/ },
      reason: /1 day \(pending: 7\)/,
    },
    '30 days are asked for': {
      given: {
        instance: { DBInstanceStatus: 'available', Engine: 'mysql', BackupRetentionPeriod: 29 },
      },
      verdict: 'FAIL',
      plan: { ...plan, input: { BackupRetentionPeriod: 30 }, summary: /30 days/ },
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
          DBInstanceStatus: 'available',
          Engine: 'mysql',
          BackupRetentionPeriod: 0,
          ReadReplicaSourceDBInstanceIdentifier: 'orders',
        },
      },
      verdict: 'FAIL',
      plan: { proposal: /a read replica of orders/ },
      parameters: { checkReadReplicas: true },
    },
    'a member of a cluster': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'aurora-mysql',
          DBClusterIdentifier: 'sales',
          BackupRetentionPeriod: 1,
        },
      },
      verdict: 'FAIL',
      plan: { proposal: /a member of sales/ },
    },
    'RDS Custom': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'custom-oracle-ee',
          BackupRetentionPeriod: 1,
        },
      },
      verdict: 'FAIL',
      plan,
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
    'AWS Backup makes them': {
      given: {
        instance: {
          DBInstanceStatus: 'available',
          Engine: 'mysql',
          BackupRetentionPeriod: 1,
          AwsBackupRecoveryPointArn: 'arn:aws:backup:us-east-1:123456789012:recovery-point:1',
        },
      },
      verdict: 'FAIL',
      plan: { proposal: /AWS Backup/ },
    },
  },
});
