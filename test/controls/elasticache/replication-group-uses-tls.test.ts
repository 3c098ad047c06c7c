import { replicationGroupUsesTls } from '../../../lib/controls/elasticache/replication-group-uses-tls.ts';
import { testControl } from '../harness.ts';
import { group } from './caches.ts';

testControl(replicationGroupUsesTls, {
  rows: {
    TLS: { given: { group }, verdict: 'PASS' },
    without: {
      given: { group: { ...group, usesTls: false, tlsMode: undefined as never } },
      verdict: 'FAIL',
      evidence: ['group.usesTls'],
    },
    'TLS for whoever asks, of which PL.ELASTICACHE.1 tells': {
      given: { group: { ...group, tlsMode: 'preferred' } },
      verdict: 'PASS',
    },
  },
});
