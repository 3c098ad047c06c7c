import { neptuneClusterIsEncrypted } from '../../../lib/controls/rds/neptune-cluster-is-encrypted.ts';
import { testControl } from '../harness.ts';

testControl(neptuneClusterIsEncrypted, {
  rows: {
    'it is as it should be': {
      given: { cluster: { Engine: 'neptune', StorageEncrypted: true } },
      verdict: 'PASS',
    },
    'it is not': {
      given: { cluster: { Engine: 'neptune', Status: 'available', StorageEncrypted: false } },
      verdict: 'FAIL',
      evidence: ['cluster.StorageEncrypted'],
    },
    'it is not, and is being changed': {
      given: { cluster: { Engine: 'neptune', Status: 'modifying', StorageEncrypted: false } },
      verdict: 'FAIL',
    },
    'nothing is said of it': {
      given: { cluster: { Engine: 'neptune' } },
      verdict: 'FAIL',
    },
    'it is still being created': {
      given: { cluster: { Engine: 'neptune', Status: 'creating', StorageEncrypted: false } },
      verdict: 'NOT_APPLICABLE',
      reason: /created/,
    },
    'it is of Aurora': {
      given: { cluster: { Engine: 'aurora-mysql', StorageEncrypted: false } },
      verdict: 'NOT_APPLICABLE',
    },
    'it is of the other one': {
      given: { cluster: { Engine: 'docdb', StorageEncrypted: false } },
      verdict: 'NOT_APPLICABLE',
    },
    'nothing says what it is of': {
      given: { cluster: { StorageEncrypted: true } },
      verdict: 'UNKNOWN',
    },
  },
});
