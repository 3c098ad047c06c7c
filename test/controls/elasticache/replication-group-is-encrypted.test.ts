import { replicationGroupIsEncrypted } from '../../../lib/controls/elasticache/replication-group-is-encrypted.ts';
import { testControl } from '../harness.ts';
import { group } from './caches.ts';

testControl(replicationGroupIsEncrypted, {
  rows: {
    encrypted: { given: { group }, verdict: 'PASS' },
    not: {
      given: { group: { ...group, isEncrypted: false } },
      verdict: 'FAIL',
      evidence: ['group.isEncrypted'],
    },
  },
});
