import { databaseIsEncrypted } from '../../../lib/controls/rds/database-is-encrypted.ts';
import { testControl } from '../harness.ts';

const plan = { proposal: /encrypted copy of a snapshot/ };

testControl(databaseIsEncrypted, {
  rows: {
    'it is encrypted with a key of KMS': {
      given: { instance: { Engine: 'mysql', StorageEncrypted: true } },
      verdict: 'PASS',
    },
    'it is encrypted with a key that AWS owns': {
      given: {
        instance: {
          Engine: 'aurora-mysql',
          StorageEncrypted: false,
          StorageEncryptionType: 'sse-rds',
        },
      },
      verdict: 'PASS',
    },
    'it is not encrypted': {
      given: {
        instance: { Engine: 'mysql', StorageEncrypted: false, StorageEncryptionType: 'none' },
      },
      verdict: 'FAIL',
      plan,
      evidence: ['instance.StorageEncrypted'],
    },
    'RDS says nothing of encryption': {
      given: { instance: { Engine: 'mysql' } },
      verdict: 'FAIL',
      plan,
      evidence: ['instance.StorageEncrypted'],
    },
    'RDS Custom is evaluated as well': {
      given: { instance: { Engine: 'custom-oracle-ee', StorageEncrypted: false } },
      verdict: 'FAIL',
      plan,
    },
    'a member of an Aurora cluster': {
      given: {
        instance: {
          Engine: 'aurora-postgresql',
          DBClusterIdentifier: 'x',
          StorageEncrypted: false,
        },
      },
      verdict: 'FAIL',
      plan,
    },
    'an instance of DocumentDB': {
      given: { instance: { Engine: 'docdb', StorageEncrypted: false } },
      verdict: 'NOT_APPLICABLE',
      reason: /docdb/,
    },
    'an engine that is not known': {
      given: { instance: { Engine: 'something-new', StorageEncrypted: true } },
      verdict: 'NOT_APPLICABLE',
    },
  },
});
