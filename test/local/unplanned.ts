import { type Drift, uniqueName } from '../remediation/drift.ts';

/** What somebody does to a resource of a service of which no plan is tried on the local AWS. */
type Unplanned = Omit<Drift, 'parameters'>;

const named =
  (prefix: string): Unplanned['arrange'] =>
  async () =>
    uniqueName(prefix);

/** One of each such service. */
export const unplanned: readonly Unplanned[] = [
  {
    control: 'Redshift.1',
    type: 'AWS::Redshift::Cluster',
    title: 'somebody makes a cluster that is public',
    arrange: named('public'),
    drift: async (clients, ClusterIdentifier) =>
      (await clients('redshift')).createCluster({
        ...{ ClusterIdentifier, NodeType: 'ra3.large', PubliclyAccessible: true },
        ...{ MasterUsername: 'owner', MasterUserPassword: 'hunter2OfATest' },
      }),
  },
  {
    control: 'Opensearch.1',
    type: 'AWS::OpenSearchService::Domain',
    title: 'somebody makes a domain that is not encrypted',
    arrange: named('d'),
    drift: async (clients, DomainName) =>
      (await clients('opensearch')).createDomain({ DomainName, EngineVersion: 'OpenSearch_2.19' }),
  },
  {
    control: 'CodeBuild.5',
    type: 'AWS::CodeBuild::Project',
    title: 'somebody makes a project whose builds are privileged',
    arrange: named('build'),
    drift: async (clients, name) =>
      (await clients('codebuild')).createProject({
        name,
        serviceRole: 'arn:aws:iam::123456789012:role/build',
        artifacts: { type: 'NO_ARTIFACTS' },
        source: { type: 'S3', location: 'sources/a.zip' },
        environment: {
          ...{ type: 'LINUX_CONTAINER', image: 'aws/codebuild/standard:7.0' },
          ...{ computeType: 'BUILD_GENERAL1_SMALL', privilegedMode: true },
        },
      }),
  },
  {
    control: 'ElastiCache.4',
    type: 'AWS::ElastiCache::ReplicationGroup',
    title: 'somebody makes a replication group that is not encrypted',
    arrange: named('cache'),
    drift: async (clients, ReplicationGroupId) =>
      (await clients('elasticache')).createReplicationGroup({
        ...{ ReplicationGroupId, ReplicationGroupDescription: 'a', Engine: 'redis' },
        ...{ NumCacheClusters: 2, AtRestEncryptionEnabled: false, EngineVersion: '7.1' },
      }),
  },
  {
    control: 'CloudFront.3',
    type: 'AWS::CloudFront::Distribution',
    title: 'somebody lets a distribution answer without TLS',
    async arrange(clients) {
      const name = uniqueName('site');
      const { Distribution } = await (await clients('cloudfront')).createDistribution({
        DistributionConfig: {
          ...{ CallerReference: name, Comment: '', Enabled: true, DefaultRootObject: 'index.html' },
          Origins: {
            Quantity: 1,
            Items: [
              {
                ...{ Id: name, DomainName: 'shop.example.com' },
                CustomOriginConfig: {
                  ...{ HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: 'https-only' },
                },
              },
            ],
          },
          DefaultCacheBehavior: {
            ...{ TargetOriginId: name, ViewerProtocolPolicy: 'redirect-to-https' },
            ForwardedValues: { QueryString: false, Cookies: { Forward: 'none' } },
          },
        },
      });
      return Distribution?.Id ?? '';
    },
    async drift(clients, Id) {
      const cloudfront = await clients('cloudfront');
      const { DistributionConfig, ETag } = await cloudfront.getDistributionConfig({ Id });
      const { DefaultCacheBehavior } = DistributionConfig ?? {};
      if (!DistributionConfig || !DefaultCacheBehavior)
        throw new Error(`there is no distribution ${Id}`);
      return cloudfront.updateDistribution({
        ...{ Id, IfMatch: ETag },
        DistributionConfig: {
          ...DistributionConfig,
          DefaultCacheBehavior: { ...DefaultCacheBehavior, ViewerProtocolPolicy: 'allow-all' },
        },
      });
    },
  },
  {
    control: 'ECR.2',
    type: 'AWS::ECR::Repository',
    title: 'somebody makes a repository whose tags can be moved',
    arrange: named('images'),
    drift: async (clients, repositoryName) =>
      (await clients('ecr')).createRepository({ repositoryName }),
  },
  {
    control: 'ECS.12',
    type: 'AWS::ECS::Cluster',
    title: 'somebody makes a cluster without Container Insights',
    arrange: named('cluster'),
    drift: async (clients, clusterName) => (await clients('ecs')).createCluster({ clusterName }),
  },
  {
    control: 'EKS.1',
    type: 'AWS::EKS::Cluster',
    title: 'somebody makes a cluster whose endpoint is public',
    arrange: named('kube'),
    async drift(clients, name) {
      const { Subnets = [] } = await (await clients('ec2')).describeSubnets({});
      const subnetIds = Subnets.flatMap(({ SubnetId = [] }) => SubnetId).slice(0, 2);
      return (await clients('eks')).createCluster({
        ...{ name, roleArn: 'arn:aws:iam::123456789012:role/cluster' },
        resourcesVpcConfig: { subnetIds, endpointPublicAccess: true },
      });
    },
  },
];
