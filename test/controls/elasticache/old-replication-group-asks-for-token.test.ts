import { oldReplicationGroupAsksForToken } from '../../../lib/controls/elasticache/old-replication-group-asks-for-token.ts';
import { testControl } from '../harness.ts';
import { group } from './caches.ts';

testControl(oldReplicationGroupAsksForToken, {
  rows: {
    'a token': { given: { group, engine: { version: '5.0.6' } }, verdict: 'PASS' },
    none: {
      given: { group: { ...group, hasToken: false }, engine: { version: '5.0.6' } },
      verdict: 'FAIL',
      evidence: ['group.hasToken'],
    },
    'none, of version 7': {
      given: { group: { ...group, hasToken: false }, engine: { version: '7.1' } },
      verdict: 'NOT_APPLICABLE',
    },
    'a node that is not there': { given: { group, engine: undefined }, verdict: 'UNKNOWN' },
    'a version that nobody says': {
      given: { group, engine: { version: undefined } },
      verdict: 'UNKNOWN',
    },
  },
});
