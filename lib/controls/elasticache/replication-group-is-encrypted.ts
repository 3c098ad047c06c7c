import { defineControl, fail, pass } from '../../model/control.ts';
import { cacheReplicationGroup } from '../../resources/elasticache/replication-group.ts';

export const replicationGroupIsEncrypted = defineControl(cacheReplicationGroup, {
  id: 'ElastiCache.4',
  title: 'ElastiCache for Redis replication groups should be encrypted at rest',
  severity: 'MEDIUM',
  rationale: 'Data that is encrypted is of no use to whoever gets hold of a disk or a snapshot.',
  standards: {
    'fsbp-1.0.0': ['ElastiCache.4'],
    'nist-800-53-r5': ['CA-9(1)', 'CM-3(6)', 'SC-13', 'SC-28', 'SC-28(1)', 'SC-7(10)', 'SI-7(6)'],
  },
  needs: ['group'],
  evaluate: ({ group: { isEncrypted } }) =>
    isEncrypted
      ? pass
      : fail('the replication group is not encrypted', [
          { path: 'group.isEncrypted', actual: false, expected: true },
        ]),
  remediation: {
    advice:
      'Encryption is set when a group is made: restore a snapshot into a new one that is encrypted.',
  },
});
