import { type Drift, uniqueName } from '../drift.ts';

export const athenaDrifts: readonly Drift[] = [
  {
    control: 'Athena.4',
    type: 'AWS::Athena::WorkGroup',
    title: 'somebody stops the metrics of a workgroup',
    arrange: async (clients) => {
      const Name = uniqueName('drift');
      const Configuration = { PublishCloudWatchMetricsEnabled: true };
      await (await clients('athena')).createWorkGroup({ Name, Configuration });
      return Name;
    },
    drift: async (clients, WorkGroup) =>
      (await clients('athena')).updateWorkGroup({
        WorkGroup,
        ConfigurationUpdates: { PublishCloudWatchMetricsEnabled: false },
      }),
  },
];
