import { cacheHasOwnSubnetGroup } from '../../../lib/controls/elasticache/cache-has-own-subnet-group.ts';
import { testControl } from '../harness.ts';
import { cluster } from './caches.ts';

testControl(cacheHasOwnSubnetGroup, {
  rows: {
    'one of its own': { given: { cluster }, verdict: 'PASS' },
    'the default one': {
      given: { cluster: { ...cluster, subnetGroup: 'default' } },
      verdict: 'FAIL',
      evidence: ['cluster.subnetGroup'],
    },
    none: { given: { cluster: { ...cluster, subnetGroup: undefined as never } }, verdict: 'FAIL' },
  },
});
