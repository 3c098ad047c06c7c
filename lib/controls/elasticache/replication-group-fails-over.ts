import { defineControl, fail, pass } from '../../model/control.ts';
import { cacheReplicationGroup } from '../../resources/elasticache/replication-group.ts';

export const replicationGroupFailsOver = defineControl(cacheReplicationGroup, {
  id: 'ElastiCache.3',
  title: 'ElastiCache for Redis replication groups should have automatic failover enabled',
  severity: 'MEDIUM',
  rationale: 'Where the primary is out a replica takes over only if it may.',
  standards: {
    'fsbp-1.0.0': ['ElastiCache.3'],
    'nist-800-53-r5': ['CP-10', 'SC-36', 'SC-5(2)', 'SI-13(5)'],
  },
  needs: ['group'],
  evaluate: ({ group: { failsOver } }) =>
    failsOver
      ? pass
      : fail('no replica takes over by itself', [
          { path: 'group.failsOver', actual: false, expected: true },
        ]),
  remediation: {
    advice: 'Turn automatic failover on; it takes a replica in each shard.',
  },
});
