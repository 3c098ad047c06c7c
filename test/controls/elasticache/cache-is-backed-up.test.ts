import { cacheIsBackedUp } from '../../../lib/controls/elasticache/cache-is-backed-up.ts';
import { testControl } from '../harness.ts';
import { cluster } from './caches.ts';

testControl(cacheIsBackedUp, {
  rows: {
    'kept for a day': { given: { cluster, backup: { days: 1 } }, verdict: 'PASS' },
    'not taken': {
      given: { cluster, backup: { days: 0 } },
      verdict: 'FAIL',
      evidence: ['backup.days'],
    },
    'kept for too few': {
      given: { cluster, backup: { days: 3 } },
      parameters: { snapshotRetentionPeriod: 7 },
      verdict: 'FAIL',
    },
    'of Memcached': {
      given: { cluster: { ...cluster, engine: 'memcached' }, backup: { days: 0 } },
      verdict: 'NOT_APPLICABLE',
    },
  },
});
