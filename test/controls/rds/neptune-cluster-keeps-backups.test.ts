import { neptuneClusterKeepsBackups } from '../../../lib/controls/rds/neptune-cluster-keeps-backups.ts';
import { testControl } from '../harness.ts';

testControl(neptuneClusterKeepsBackups, {
  rows: {
    'it is as it should be': {
      given: { cluster: { Engine: 'neptune', BackupRetentionPeriod: 7 } },
      verdict: 'PASS',
    },
    'it is not': {
      given: { cluster: { Engine: 'neptune', Status: 'available', BackupRetentionPeriod: 1 } },
      verdict: 'FAIL',
      evidence: ['cluster.BackupRetentionPeriod'],
    },
    'it is not, and is being changed': {
      given: { cluster: { Engine: 'neptune', Status: 'modifying', BackupRetentionPeriod: 1 } },
      verdict: 'FAIL',
    },
    'nothing is said of it': {
      given: { cluster: { Engine: 'neptune' } },
      verdict: 'FAIL',
    },
    'it keeps them for a week, and a month is asked for': {
      given: { cluster: { Engine: 'neptune', BackupRetentionPeriod: 7 } },
      parameters: { minimumBackupRetentionPeriod: 30 },
      verdict: 'FAIL',
      reason: /fewer than 30/,
    },
    'it is still being created': {
      given: { cluster: { Engine: 'neptune', Status: 'creating', BackupRetentionPeriod: 1 } },
      verdict: 'NOT_APPLICABLE',
      reason: /created/,
    },
    'it is of Aurora': {
      given: { cluster: { Engine: 'aurora-mysql', BackupRetentionPeriod: 1 } },
      verdict: 'NOT_APPLICABLE',
    },
    'it is of the other one': {
      given: { cluster: { Engine: 'docdb', BackupRetentionPeriod: 1 } },
      verdict: 'NOT_APPLICABLE',
    },
    'nothing says what it is of': {
      given: { cluster: { BackupRetentionPeriod: 7 } },
      verdict: 'UNKNOWN',
    },
  },
});
