import { defineControl, fail, pass } from '../../model/control.ts';
import { cacheReplicationGroup } from '../../resources/elasticache/replication-group.ts';

export const replicationGroupUsesTls = defineControl(cacheReplicationGroup, {
  id: 'ElastiCache.5',
  title: 'ElastiCache for Redis replication groups should be encrypted in transit',
  severity: 'MEDIUM',
  rationale:
    'Whoever is on the way reads along, and takes passwords, where a connection is not encrypted.',
  standards: {
    'fsbp-1.0.0': ['ElastiCache.5'],
    'nist-800-53-r5': [
      'AC-17(2)',
      'AC-4',
      'IA-5(1)',
      'SC-12(3)',
      'SC-13',
      'SC-23',
      'SC-23(3)',
      'SC-7(4)',
      'SC-8',
      'SC-8(1)',
      'SC-8(2)',
      'SI-7(6)',
    ],
    'pci-dss-4.0.1': ['2.2.7', '4.2.1', '4.2.1.1', '8.3.2'],
  },
  needs: ['group'],
  evaluate: ({ group: { usesTls } }) =>
    usesTls
      ? pass
      : fail('the replication group does not encrypt what it sends', [
          { path: 'group.usesTls', actual: false, expected: true },
        ]),
  remediation: {
    advice:
      'Turn encryption in transit on: from version 7 first in the mode preferred, and required once all clients use TLS. An older group is made anew.',
  },
});
