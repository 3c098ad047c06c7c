import { snapshotIsEncrypted } from '../../../lib/controls/rds/snapshot-is-encrypted.ts';
import { testControl } from '../harness.ts';

const plan = { proposal: /copy of it with a KMS key/ };

testControl(snapshotIsEncrypted, {
  rows: {
    'a DB snapshot is encrypted': {
      given: { snapshot: { Engine: 'mysql', Encrypted: true, StorageEncryptionType: 'sse-kms' } },
      verdict: 'PASS',
    },
    'a DB snapshot is not': {
      given: { snapshot: { Engine: 'mysql', Encrypted: false } },
      verdict: 'FAIL',
      plan,
      evidence: ['snapshot.Encrypted'],
    },
    'a cluster snapshot is encrypted': {
      given: { snapshot: { Engine: 'aurora-mysql', StorageEncrypted: true } },
      verdict: 'PASS',
    },
    'a cluster snapshot is encrypted with a key that AWS owns': {
      given: {
        snapshot: {
          Engine: 'aurora-mysql',
          StorageEncrypted: false,
          StorageEncryptionType: 'sse-rds',
        },
      },
      verdict: 'PASS',
    },
    'a cluster snapshot is not': {
      given: {
        snapshot: {
          Engine: 'aurora-mysql',
          StorageEncrypted: false,
          StorageEncryptionType: 'none',
        },
      },
      verdict: 'FAIL',
      plan,
      evidence: ['snapshot.StorageEncrypted'],
    },
    'RDS says nothing of encryption': {
      given: { snapshot: { Engine: 'postgres' } },
      verdict: 'FAIL',
      plan,
      evidence: ['snapshot.StorageEncrypted'],
    },
    'of RDS Custom': {
      given: { snapshot: { Engine: 'custom-oracle-ee', Encrypted: false } },
      verdict: 'FAIL',
      plan,
    },
    'of Neptune': {
      given: { snapshot: { Engine: 'neptune', StorageEncrypted: false } },
      verdict: 'NOT_APPLICABLE',
      reason: /neptune/,
    },
    'of DocumentDB': {
      given: { snapshot: { Engine: 'docdb', StorageEncrypted: true } },
      verdict: 'NOT_APPLICABLE',
    },
  },
});
