import { defineService } from './service.ts';

export const elasticache = defineService({
  sdk: () => import('@aws-sdk/client-elasticache'),
  client: ({ ElastiCache }, settings) => new ElastiCache(settings),
  iam: 'elasticache',
  // https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/logging-using-cloudtrail.html
  eventSource: 'elasticache.amazonaws.com',
  kinds: {
    cluster: {
      arn: 'arn:{partition}:elasticache:{region}:{account}:cluster:{id}',
      type: 'AWS::ElastiCache::CacheCluster',
      named: ['CacheClusterId'],
    },
    replicationgroup: {
      arn: 'arn:{partition}:elasticache:{region}:{account}:replicationgroup:{id}',
      type: 'AWS::ElastiCache::ReplicationGroup',
      named: ['ReplicationGroupId'],
    },
  },
  pages: [],
});
