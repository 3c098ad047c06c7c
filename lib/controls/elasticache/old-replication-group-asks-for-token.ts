import { defineControl, fail, notApplicable, pass, unknown } from '../../model/control.ts';
import { cacheReplicationGroup } from '../../resources/elasticache/replication-group.ts';

export const oldReplicationGroupAsksForToken = defineControl(cacheReplicationGroup, {
  id: 'ElastiCache.6',
  title: 'ElastiCache for Redis replication groups before version 6.0 should use Redis AUTH',
  severity: 'MEDIUM',
  rationale:
    'Before version 6.0 a token is all that keeps everybody in the network from reading and deleting everything.',
  standards: {
    'fsbp-1.0.0': ['ElastiCache.6'],
    'nist-800-53-r5': ['AC-2(1)', 'AC-3', 'AC-3(15)', 'AC-3(7)', 'AC-6'],
  },
  needs: ['group', 'engine'],
  evaluate({ group: { hasToken }, engine }) {
    const major = Number(engine?.version?.split('.', 1)[0]);
    if (Number.isNaN(major)) return unknown('ElastiCache does not say the version of its engine');
    if (major >= 6) return notApplicable('from version 6.0 it can have users of its own');
    return hasToken
      ? pass
      : fail('whoever reaches the replication group is let in', [
          { path: 'group.hasToken', actual: false, expected: true },
        ]);
  },
  remediation: {
    advice:
      'Upgrade to version 6.0 or later and give it users, or set an AUTH token, which takes encryption in transit.',
  },
});
