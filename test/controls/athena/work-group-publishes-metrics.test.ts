import { workGroupPublishesMetrics } from '../../../lib/controls/athena/work-group-publishes-metrics.ts';
import { testControl } from '../harness.ts';

const workGroup = (publishesMetrics: boolean) => ({ workGroup: { publishesMetrics } });

testControl(workGroupPublishesMetrics, {
  rows: {
    'it does': { given: workGroup(true), verdict: 'PASS' },
    'it does not': {
      given: workGroup(false),
      verdict: 'FAIL',
      evidence: ['workGroup.publishesMetrics'],
      plan: {
        risk: 'safe',
        calls: ['athena.updateWorkGroup'],
        input: {
          WorkGroup: 'example',
          ConfigurationUpdates: { PublishCloudWatchMetricsEnabled: true },
        },
      },
    },
  },
});
