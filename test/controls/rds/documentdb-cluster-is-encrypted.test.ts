import { documentdbClusterIsEncrypted } from '../../../lib/controls/rds/documentdb-cluster-is-encrypted.ts';
import { testControl } from '../harness.ts';

testControl(documentdbClusterIsEncrypted, {
  rows: {
    'it is as it should be': {
      given: { cluster: { Engine: 'docdb', StorageEncrypted: true } },
      verdict: 'PASS',
    },
    'it is not': {
      given: { cluster: { Engine: 'docdb', Status: 'available', StorageEncrypted: false } },
      verdict: 'FAIL',
      evidence: ['cluster.StorageEncrypted'],
    },
    'it is not, and is being changed': {
      given: { cluster: { Engine: 'docdb', Status: 'modifying', StorageEncrypted: false } },
      verdict: 'FAIL',
    },
    'nothing is said of it': {
      given: { cluster: { Engine: 'docdb' } },
      verdict: 'FAIL',
    },
    'it is still being created': {
      given: { cluster: { Engine: 'docdb', Status: 'creating', StorageEncrypted: false } },
      verdict: 'NOT_APPLICABLE',
      reason: /created/,
    },
    'it is of Aurora': {
      given: { cluster: { Engine: 'aurora-mysql', StorageEncrypted: false } },
      verdict: 'NOT_APPLICABLE',
    },
    'it is of the other one': {
      given: { cluster: { Engine: 'neptune', StorageEncrypted: false } },
      verdict: 'NOT_APPLICABLE',
    },
    'nothing says what it is of': {
      given: { cluster: { StorageEncrypted: true } },
      verdict: 'UNKNOWN',
    },
  },
});
