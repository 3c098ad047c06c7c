import { replicationGroupFailsOver } from '../../../lib/controls/elasticache/replication-group-fails-over.ts';
import { testControl } from '../harness.ts';
import { group } from './caches.ts';

testControl(replicationGroupFailsOver, {
  rows: {
    'by itself': { given: { group }, verdict: 'PASS' },
    'by somebody': {
      given: { group: { ...group, failsOver: false } },
      verdict: 'FAIL',
      evidence: ['group.failsOver'],
    },
  },
});
