import { workGroupPublishesMetrics } from '../../../lib/controls/athena/work-group-publishes-metrics.ts';
import { asRecord } from '../../../lib/support/untyped.ts';
import { type Drift, uniqueName } from '../../remediation/drift.ts';
import { type FailingTemplate, it_ } from '../../templates/failing-template.ts';
import { testControl } from '../harness.ts';

const workGroup = (publishesMetrics: unknown) => ({ workGroup: { publishesMetrics } });
const configuration = (PublishCloudWatchMetricsEnabled: boolean) => ({
  PublishCloudWatchMetricsEnabled,
});

testControl(workGroupPublishesMetrics, {
  rows: {
    'it does': { given: { workGroup: { publishesMetrics: true } }, verdict: 'PASS' },
    'it does not': {
      given: { workGroup: { publishesMetrics: false } },
      verdict: 'FAIL',
      evidence: ['workGroup.publishesMetrics'],
      plan: {
        risk: 'safe',
        calls: ['athena.updateWorkGroup'],
        input: { WorkGroup: 'example', ConfigurationUpdates: configuration(true) },
      },
    },
  },
  effects: {
    athena: {
      // https://docs.aws.amazon.com/athena/latest/APIReference/API_WorkGroupConfigurationUpdates.html
      updateWorkGroup: (snapshot, { ConfigurationUpdates }) => ({
        ...snapshot,
        ...workGroup(asRecord(ConfigurationUpdates)['PublishCloudWatchMetricsEnabled']),
      }),
    },
  },
});

export const drift: Drift = {
  control: 'Athena.4',
  type: 'AWS::Athena::WorkGroup',
  title: 'somebody stops the metrics of a workgroup',
  arrange: async (clients) => {
    const Name = uniqueName('drift');
    await (await clients('athena')).createWorkGroup({ Name, Configuration: configuration(true) });
    return Name;
  },
  drift: async (clients, WorkGroup) =>
    (await clients('athena')).updateWorkGroup({
      WorkGroup,
      ConfigurationUpdates: configuration(false),
    }),
};

export const failingTemplate: FailingTemplate = {
  control: 'Athena.4',
  as: 'AWS::Athena::WorkGroup',
  text: it_('Athena::WorkGroup', 'Name: orders'),
};
