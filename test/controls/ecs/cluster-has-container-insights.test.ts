import { clusterHasContainerInsights } from '../../../lib/controls/ecs/cluster-has-container-insights.ts';
import { testControl } from '../harness.ts';

const cluster = { state: 'ACTIVE', insights: 'enabled' };
testControl(clusterHasContainerInsights, {
  rows: {
    on: { given: { cluster }, verdict: 'PASS' },
    'on, with more': { given: { cluster: { ...cluster, insights: 'enhanced' } }, verdict: 'PASS' },
    off: {
      given: { cluster: { ...cluster, insights: 'disabled' } },
      verdict: 'FAIL',
      evidence: ['cluster.insights'],
    },
  },
});
