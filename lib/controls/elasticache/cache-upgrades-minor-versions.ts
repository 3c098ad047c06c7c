import { defineControl, fail, notApplicable, pass } from '../../model/control.ts';
import { cacheCluster } from '../../resources/elasticache/cache-cluster.ts';

export const cacheUpgradesMinorVersions = defineControl(cacheCluster, {
  id: 'ElastiCache.2',
  title: 'ElastiCache for Redis clusters should take minor versions automatically',
  severity: 'HIGH',
  rationale: 'Holes are closed by new versions, which nobody has to remember then.',
  standards: {
    'fsbp-1.0.0': ['ElastiCache.2'],
    'nist-800-53-r5': ['SI-2', 'SI-2(2)', 'SI-2(4)', 'SI-2(5)'],
    'pci-dss-4.0.1': ['6.3.3'],
  },
  needs: ['cluster'],
  evaluate({ cluster: { engine, upgradesItself } }) {
    // "This control doesn't apply to ElastiCache Memcached clusters."
    if (engine === 'memcached') return notApplicable('it is a cache of Memcached');
    return upgradesItself
      ? pass
      : fail('the cache takes no minor versions by itself', [
          { path: 'cluster.upgradesItself', actual: false, expected: true },
        ]);
  },
  remediation: {
    advice: 'Turn automatic minor version upgrades on; they are made in the maintenance window.',
  },
});
