import { defineControl, fail, notApplicable, pass } from '../../model/control.ts';
import { integer } from '../../model/parameters.ts';
import { cacheCluster } from '../../resources/elasticache/cache-cluster.ts';

export const cacheIsBackedUp = defineControl(cacheCluster, {
  id: 'ElastiCache.1',
  title: 'ElastiCache for Redis clusters should have automatic backups scheduled',
  severity: 'HIGH',
  rationale: 'What somebody deletes or overwrites comes back from a snapshot of the day before.',
  standards: {
    'fsbp-1.0.0': ['ElastiCache.1'],
    'nist-800-53-r5': [
      'CP-10',
      'CP-6',
      'CP-6(1)',
      'CP-6(2)',
      'CP-9',
      'SC-5(2)',
      'SI-12',
      'SI-13(5)',
    ],
  },
  needs: ['cluster', 'backup'],
  parameters: { snapshotRetentionPeriod: integer({ default: 1, min: 1, max: 35 }) },
  evaluate({ cluster: { engine }, backup: { days } }, { parameters: { snapshotRetentionPeriod } }) {
    if (engine === 'memcached') return notApplicable('Memcached takes no snapshots');
    return days >= snapshotRetentionPeriod
      ? pass
      : fail('automatic snapshots are kept for too few days', [
          { path: 'backup.days', actual: days, expected: `at least ${snapshotRetentionPeriod}` },
        ]);
  },
  remediation: {
    advice:
      'Keep automatic snapshots for a day or more. Exempt a cache of which nothing has to be kept.',
  },
});
