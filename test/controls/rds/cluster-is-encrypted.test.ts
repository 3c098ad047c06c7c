import { clusterIsEncrypted } from '../../../lib/controls/rds/cluster-is-encrypted.ts';
import { testControl } from '../harness.ts';

const plan = { proposal: /chosen at creation/ };

testControl(clusterIsEncrypted, {
  rows: {
    'with a key of KMS': {
      given: { cluster: { Engine: 'aurora-mysql', StorageEncrypted: true } },
      verdict: 'PASS',
    },
    'with a key that AWS owns': {
      given: {
        cluster: {
          Engine: 'aurora-postgresql',
          StorageEncrypted: false,
          StorageEncryptionType: 'sse-rds',
        },
      },
      verdict: 'PASS',
    },
    'not at all': {
      given: {
        cluster: { Engine: 'aurora-mysql', StorageEncrypted: false, StorageEncryptionType: 'none' },
      },
      verdict: 'FAIL',
      plan,
      evidence: ['cluster.StorageEncrypted'],
    },
    'a Multi-AZ DB cluster': {
      given: { cluster: { Engine: 'postgres', StorageEncrypted: false } },
      verdict: 'FAIL',
      plan,
    },
    'while it is created': {
      given: { cluster: { Engine: 'aurora-mysql', Status: 'creating', StorageEncrypted: false } },
      verdict: 'FAIL',
      plan,
    },
    DocumentDB: {
      given: { cluster: { Engine: 'docdb', StorageEncrypted: false } },
      verdict: 'NOT_APPLICABLE',
    },
  },
});
