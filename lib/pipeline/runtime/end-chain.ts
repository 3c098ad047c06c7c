import { Logger } from '@aws-lambda-powertools/logger';
import { metricLine } from './metric-line.ts';
import type { EndedChain } from './runtime.ts';

/** Says that a chain was ended, as an error of the log that CloudWatch counts. */
export const endChain = ({ chain, of, why }: EndedChain): void =>
  new Logger({ serviceName: 'chains' }).error('a chain of messages was ended', {
    chain,
    of,
    failure: why,
    ...metricLine('EndedChains', 'chain', 1),
  });
