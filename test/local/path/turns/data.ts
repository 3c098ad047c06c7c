import type { Clients } from '../../../../lib/aws/clients.ts';
import { madeTwice } from './setting.ts';
import { account, nameOf, region, type Turn } from './turn.ts';

const everybody = (action: string, resource: string, principal: unknown = '*') =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Sid: 'turn', Effect: 'Allow', Principal: principal, Action: action, Resource: resource },
    ],
  });

const cluster: Turn = {
  control: 'Redshift.1',
  type: 'AWS::Redshift::Cluster',
  make: async (clients) => {
    const ClusterIdentifier = nameOf('turn');
    await (await clients('redshift')).createCluster({
      ...{ ClusterIdentifier, NodeType: 'ra3.large', MasterUsername: 'shop' },
      ...{ MasterUserPassword: 'Not-a-secret-1', PubliclyAccessible: false },
    });
    return ClusterIdentifier;
  },
  wrong: async (clients, ClusterIdentifier) =>
    (await clients('redshift')).modifyCluster({ ClusterIdentifier, PubliclyAccessible: true }),
  right: async (clients, ClusterIdentifier) =>
    (await clients('redshift')).modifyCluster({ ClusterIdentifier, PubliclyAccessible: false }),
};

interface Cache {
  readonly SnapshotRetentionLimit?: number;
  readonly AutoMinorVersionUpgrade?: boolean;
  readonly CacheSubnetGroupName?: string;
}
/** The local AWS changes no cache: it is deleted, and made again. */
const cache = (control: string, right: Cache, wrong: Cache): Turn => {
  const create = async (clients: Clients, CacheClusterId: string, differing: Cache) =>
    (await clients('elasticache')).createCacheCluster({
      ...{ CacheClusterId, Engine: 'redis', CacheNodeType: 'cache.t4g.micro', NumCacheNodes: 1 },
      ...differing,
    });
  const again = async (clients: Clients, CacheClusterId: string, differing: Cache) => {
    await (await clients('elasticache')).deleteCacheCluster({ CacheClusterId });
    await create(clients, CacheClusterId, differing);
  };
  return {
    control,
    type: 'AWS::ElastiCache::CacheCluster',
    make: async (clients) => {
      const id = nameOf('turn');
      await create(clients, id, right);
      return id;
    },
    wrong: (clients, id) => again(clients, id, wrong),
    right: (clients, id) => again(clients, id, right),
  };
};

const createDocuments = async (clients: Clients, StorageEncrypted: boolean): Promise<string> => {
  const DBClusterIdentifier = nameOf('turn');
  await (await clients('rds')).createDBCluster({
    ...{ DBClusterIdentifier, Engine: 'docdb', MasterUsername: 'shop', StorageEncrypted },
    MasterUserPassword: 'Not-a-secret-1',
  });
  return DBClusterIdentifier;
};
/** A cluster is encrypted from its beginning, or never. */
const documents = madeTwice({
  ...{ control: 'DocumentDB.1', type: 'AWS::RDS::DBCluster', create: createDocuments },
  remove: async (clients, DBClusterIdentifier) =>
    (await clients('rds')).deleteDBCluster({ DBClusterIdentifier, SkipFinalSnapshot: true }),
});

const domainArn = (name: string) => `arn:aws:es:${region}:${account}:domain/${name}/*`;
const ours = { AWS: account };
const domain = (control: string, isAsking: boolean): Turn => {
  const set = async (clients: Clients, DomainName: string, principal: unknown) =>
    (await clients('opensearch')).updateDomainConfig({
      DomainName,
      AccessPolicies: everybody('es:*', domainArn(DomainName), principal),
    });
  const ask = async (clients: Clients, DomainName: string, Enabled: boolean) =>
    (await clients('opensearch')).updateDomainConfig({
      DomainName,
      AdvancedSecurityOptions: { Enabled },
    });
  return {
    control,
    type: 'AWS::OpenSearchService::Domain',
    make: async (clients) => {
      const DomainName = nameOf('t').slice(0, 28);
      await (await clients('opensearch')).createDomain({
        ...{ DomainName, EngineVersion: 'OpenSearch_2.19' },
        AccessPolicies: everybody('es:*', domainArn(DomainName), ours),
        AdvancedSecurityOptions: { Enabled: isAsking },
      });
      return DomainName;
    },
    wrong: (clients, name) => (isAsking ? ask(clients, name, false) : set(clients, name, '*')),
    right: (clients, name) => (isAsking ? ask(clients, name, true) : set(clients, name, ours)),
  };
};

const bucketPolicy = async (clients: Clients, Bucket: string, principal: unknown) =>
  (await clients('s3')).putBucketPolicy({
    Bucket,
    Policy: everybody('s3:PutBucketAcl', `arn:aws:s3:::${Bucket}`, principal),
  });

const bucket: Turn = {
  control: 'S3.6',
  type: 'AWS::S3::Bucket',
  make: async (clients) => {
    const Bucket = nameOf('turn');
    await (await clients('s3')).createBucket({ Bucket });
    return Bucket;
  },
  wrong: (clients, id) => bucketPolicy(clients, id, { AWS: 'arn:aws:iam::999999999999:root' }),
  right: (clients, id) => bucketPolicy(clients, id, ours),
};

const logs: Turn = {
  control: 'CloudTrail.6',
  type: 'AWS::CloudTrail::Trail',
  make: async (clients) => {
    const Name = nameOf('turn');
    await (await clients('s3')).createBucket({ Bucket: Name });
    await (await clients('s3')).deletePublicAccessBlock({ Bucket: Name });
    const { TrailARN = '' } = await (await clients('cloudtrail')).createTrail({
      ...{ Name, S3BucketName: Name },
    });
    return TrailARN;
  },
  wrong: async (clients, id) => {
    const Bucket = id.split('/').at(-1) ?? '';
    const Policy = everybody('s3:GetObject', `arn:aws:s3:::${Bucket}/*`);
    return (await clients('s3')).putBucketPolicy({ Bucket, Policy });
  },
  right: async (clients, id) =>
    (await clients('s3')).deleteBucketPolicy({ Bucket: id.split('/').at(-1) ?? '' }),
};

/** AWS changes none: it is deleted, and made again. It takes these calls in us-west-2, and moto in every region. */
const everywhere = async (clients: Clients, Name: string, isOpen: boolean, isNew = false) => {
  const s3control = await clients('s3control');
  const asked = { AccountId: account, ClientToken: nameOf('token') };
  if (!isNew) await s3control.deleteMultiRegionAccessPoint({ ...asked, Details: { Name } });
  await s3control.createMultiRegionAccessPoint({
    ...asked,
    Details: {
      ...{ Name, Regions: [{ Bucket: 'orders' }] },
      PublicAccessBlock: {
        ...{ BlockPublicAcls: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
        BlockPublicPolicy: !isOpen,
      },
    },
  });
};
const multiRegionAccessPoint: Turn = {
  control: 'S3.24',
  type: 'AWS::S3::MultiRegionAccessPoint',
  make: async (clients) => {
    const name = nameOf('turn');
    await everywhere(clients, name, false, true);
    return name;
  },
  wrong: (clients, name) => everywhere(clients, name, true),
  right: (clients, name) => everywhere(clients, name, false),
};

/** An access point of several regions that leaves all to its policy, and its policy for these. */
const openedEverywhere: Turn = {
  control: 'PL.S3.1',
  type: 'AWS::S3::MultiRegionAccessPoint',
  make: async (clients) => {
    const Name = nameOf('turn');
    await (await clients('s3control')).createMultiRegionAccessPoint({
      ...{ AccountId: account, ClientToken: nameOf('token') },
      Details: {
        ...{ Name, Regions: [{ Bucket: 'no-bucket-behind' }] },
        PublicAccessBlock: {
          ...{ BlockPublicAcls: false, IgnorePublicAcls: false },
          ...{ BlockPublicPolicy: false, RestrictPublicBuckets: false },
        },
      },
    });
    return Name;
  },
  wrong: (clients, Name) => policyEverywhere(clients, Name, '*'),
  right: (clients, Name) =>
    policyEverywhere(clients, Name, { AWS: `arn:aws:iam::${account}:root` }),
};
const policyEverywhere = async (clients: Clients, Name: string, principal: unknown) => {
  const Policy = everybody('s3:GetObject', `arn:aws:s3::${account}:accesspoint/a/*`, principal);
  return (await clients('s3control')).putMultiRegionAccessPointPolicy({
    ...{ AccountId: account, ClientToken: nameOf('token'), Details: { Name, Policy } },
  });
};

export const dataTurns: readonly Turn[] = [
  multiRegionAccessPoint,
  openedEverywhere,
  logs,
  cluster,
  documents,
  cache('ElastiCache.1', { SnapshotRetentionLimit: 3 }, { SnapshotRetentionLimit: 0 }),
  cache('ElastiCache.2', { AutoMinorVersionUpgrade: true }, { AutoMinorVersionUpgrade: false }),
  cache('ElastiCache.7', { CacheSubnetGroupName: 'own' }, { CacheSubnetGroupName: 'default' }),
  domain('Opensearch.7', true),
  domain('PL.OPENSEARCH.1', false),
  bucket,
];
