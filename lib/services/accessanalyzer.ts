import { defineService } from './service.ts';

export const accessanalyzer = defineService({
  sdk: () => import('@aws-sdk/client-accessanalyzer'),
  client: ({ AccessAnalyzer }, settings) => new AccessAnalyzer(settings),
  iam: 'access-analyzer',
  eventSource: 'access-analyzer.amazonaws.com',
  kinds: {
    Analyzer: {
      arn: 'arn:{partition}:access-analyzer:{region}:{account}:analyzer/{id}',
      named: ['analyzerName'],
    },
  },
  pages: [{ tokens: ['nextToken', 'nextToken'], operations: ['listAnalyzers'] }],
});
