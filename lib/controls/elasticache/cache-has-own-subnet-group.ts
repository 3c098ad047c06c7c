import { defineControl, fail, pass } from '../../model/control.ts';
import { cacheCluster } from '../../resources/elasticache/cache-cluster.ts';

export const cacheHasOwnSubnetGroup = defineControl(cacheCluster, {
  id: 'ElastiCache.7',
  title: 'ElastiCache clusters should not use the default subnet group',
  severity: 'HIGH',
  rationale:
    'The default subnet group has every subnet of the default VPC, those with public addresses too.',
  standards: {
    'fsbp-1.0.0': ['ElastiCache.7'],
    'nist-800-53-r5': [
      'AC-4',
      'AC-4(21)',
      'SC-7',
      'SC-7(11)',
      'SC-7(16)',
      'SC-7(21)',
      'SC-7(4)',
      'SC-7(5)',
    ],
  },
  needs: ['cluster'],
  evaluate: ({ cluster: { subnetGroup } }) =>
    subnetGroup !== undefined && subnetGroup !== 'default'
      ? pass
      : fail('the cache is in the default subnet group', [
          {
            path: 'cluster.subnetGroup',
            actual: subnetGroup ?? null,
            expected: 'a subnet group of its own',
          },
        ]),
  remediation: {
    advice:
      'Make a subnet group of private subnets, and a new cache in it: a cache cannot be moved.',
  },
});
