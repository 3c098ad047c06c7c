import { asRecord } from '../../../lib/support/untyped.ts';
import type { Effects } from './effects.ts';

export const athena: Effects = {
  // https://docs.aws.amazon.com/athena/latest/APIReference/API_WorkGroupConfigurationUpdates.html
  updateWorkGroup: (snapshot, { ConfigurationUpdates }) => ({
    ...snapshot,
    workGroup: {
      ...asRecord(snapshot['workGroup']),
      publishesMetrics: asRecord(ConfigurationUpdates)['PublishCloudWatchMetricsEnabled'],
    },
  }),
};
