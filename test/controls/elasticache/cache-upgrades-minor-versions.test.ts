import { cacheUpgradesMinorVersions } from '../../../lib/controls/elasticache/cache-upgrades-minor-versions.ts';
import { testControl } from '../harness.ts';
import { cluster } from './caches.ts';

testControl(cacheUpgradesMinorVersions, {
  rows: {
    'by itself': { given: { cluster }, verdict: 'PASS' },
    'by somebody': {
      given: { cluster: { ...cluster, upgradesItself: false } },
      verdict: 'FAIL',
      evidence: ['cluster.upgradesItself'],
    },
    'of Memcached': {
      given: { cluster: { ...cluster, engine: 'memcached', upgradesItself: false } },
      verdict: 'NOT_APPLICABLE',
    },
  },
});
