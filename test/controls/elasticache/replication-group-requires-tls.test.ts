import { replicationGroupRequiresTls } from '../../../lib/controls/elasticache/replication-group-requires-tls.ts';
import { testControl } from '../harness.ts';
import { group } from './caches.ts';

testControl(replicationGroupRequiresTls, {
  rows: {
    required: { given: { group }, verdict: 'PASS' },
    preferred: {
      given: { group: { ...group, tlsMode: 'preferred' } },
      verdict: 'FAIL',
      evidence: ['group.tlsMode'],
    },
    // Before version 7 there was no other mode, and none is shown.
    'not said': { given: { group: { ...group, tlsMode: undefined as never } }, verdict: 'PASS' },
    'no TLS': { given: { group: { ...group, usesTls: false } }, verdict: 'NOT_APPLICABLE' },
  },
});
