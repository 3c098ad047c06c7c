import { defineService } from './service.ts';

export const opensearch = defineService({
  sdk: () => import('@aws-sdk/client-opensearch'),
  client: ({ OpenSearch }, settings) => new OpenSearch(settings),
  iam: 'es',
  // https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-cloudtrailauditing.html
  eventSource: 'es.amazonaws.com',
  kinds: {
    domain: {
      arn: 'arn:{partition}:es:{region}:{account}:domain/{id}',
      type: 'AWS::OpenSearchService::Domain',
      named: ['DomainName', 'ARN'],
    },
    // Their tags are listed by the same call.
    application: { arn: 'arn:{partition}:opensearch:{region}:{account}:application/{id}' },
    datasource: { arn: 'arn:{partition}:opensearch:{region}:{account}:datasource/{id}' },
  },
  pages: [],
});
