import { Logger } from '@aws-lambda-powertools/logger';
import type { EndedChain } from './runtime.ts';

const metric = 'EndedChains';

/**
 * Says that a chain was ended, as an error of the log that CloudWatch counts by itself:
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export const endChain = ({ chain, of, why }: EndedChain): void =>
  new Logger({ serviceName: 'chains' }).error('a chain of messages was ended', {
    chain,
    of,
    failure: why,
    [metric]: 1,
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [
        { Namespace: 'Plumbline', Dimensions: [['chain']], Metrics: [{ Name: metric }] },
      ],
    },
  });
