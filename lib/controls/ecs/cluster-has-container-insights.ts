import { defineControl, fail, pass } from '../../model/control.ts';
import { ecsCluster } from '../../resources/ecs/ecs-cluster.ts';

export const clusterHasContainerInsights = defineControl(ecsCluster, {
  id: 'ECS.12',
  title: 'ECS clusters should use Container Insights',
  severity: 'MEDIUM',
  rationale: 'Only measurements show in time what containers use, and that they fail.',
  standards: { 'fsbp-1.0.0': ['ECS.12'], 'nist-800-53-r5': ['AU-6(3)', 'AU-6(4)', 'CA-7', 'SI-2'] },
  needs: ['cluster'],
  evaluate: ({ cluster: { insights } }) =>
    insights === 'enabled' || insights === 'enhanced'
      ? pass
      : fail('the cluster has no Container Insights', [
          { path: 'cluster.insights', actual: insights, expected: 'enabled' },
        ]),
  remediation: {
    advice:
      'Turn Container Insights on (aws ecs update-cluster-settings --settings name=containerInsights,value=enabled). Its metrics are paid for.',
  },
});
