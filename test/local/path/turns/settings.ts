import type { Clients } from '../../../../lib/aws/clients.ts';
import { type Setting, turnOf } from './setting.ts';
import { account, region, type Turn } from './turn.ts';

const allowing = (...actions: readonly string[]) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
  });

const createUser: Setting['create'] = async (clients, UserName) => {
  await (await clients('iam')).createUser({ UserName });
  return UserName;
};
const createPolicy: Setting['create'] = async (clients, PolicyName) => {
  const PolicyDocument = allowing('s3:ListAllMyBuckets');
  const { Policy } = await (await clients('iam')).createPolicy({ PolicyName, PolicyDocument });
  return Policy?.Arn;
};
/** A policy keeps five versions: the one before is deleted. */
const allow = async (clients: Clients, PolicyArn: string, action: string) => {
  const iam = await clients('iam');
  const { Versions = [] } = await iam.listPolicyVersions({ PolicyArn });
  const PolicyDocument = allowing(action);
  await iam.createPolicyVersion({ PolicyArn, PolicyDocument, SetAsDefault: true });
  for (const { VersionId } of Versions) await iam.deletePolicyVersion({ PolicyArn, VersionId });
};

const createCluster: Setting['create'] = async (clients, ClusterIdentifier) => {
  await (await clients('redshift')).createCluster({
    ...{ ClusterIdentifier, NodeType: 'ra3.large', MasterUsername: 'shop' },
    ...{ MasterUserPassword: 'Not-a-secret-1', PubliclyAccessible: false },
  });
  return ClusterIdentifier;
};
const createDomain: Setting['create'] = async (clients, name) => {
  const DomainName = name.replace('turn', 't').slice(0, 28);
  await (await clients('opensearch')).createDomain({
    ...{ DomainName, EngineVersion: 'OpenSearch_2.19' },
  });
  return DomainName;
};
const createTrail: Setting['create'] = async (clients, Name) => {
  await (await clients('s3')).createBucket({ Bucket: Name });
  const asked = { Name, S3BucketName: Name };
  return (await (await clients('cloudtrail')).createTrail(asked)).TrailARN;
};

const key = `arn:aws:kms:${region}:${account}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const group = (name: string) => `arn:aws:logs:${region}:${account}:log-group:${name}:*`;

const createDocuments: Setting['create'] = async (clients, DBClusterIdentifier) => {
  await (await clients('rds')).createDBCluster({
    ...{ DBClusterIdentifier, Engine: 'docdb', MasterUsername: 'shop' },
    ...{ MasterUserPassword: 'Not-a-secret-1', StorageEncrypted: true },
  });
  return DBClusterIdentifier;
};

const settings: readonly Setting[] = [
  {
    control: 'Account.1',
    type: 'Plumbline::Contacts::Account',
    create: async () => account,
    set: async (clients, _, isRight) => {
      const contacts = await clients('account');
      const asked = { AlternateContactType: 'SECURITY' } as const;
      if (!isRight) return contacts.deleteAlternateContact(asked);
      return contacts.putAlternateContact({
        ...{ ...asked, Name: 'Mira', Title: 'on call' },
        ...{ EmailAddress: 'security@example.com', PhoneNumber: '+4930123456' },
      });
    },
  },
  {
    control: 'CloudTrail.2',
    type: 'AWS::CloudTrail::Trail',
    create: createTrail,
    set: async (clients, Name, isRight) =>
      (await clients('cloudtrail')).updateTrail({ Name, KmsKeyId: isRight ? key : '' }),
  },
  {
    control: 'CloudTrail.7',
    type: 'AWS::CloudTrail::Trail',
    create: async (clients, name) => {
      const arn = await createTrail(clients, name);
      const Principal = { Service: 'logging.s3.amazonaws.com' };
      const Resource = `arn:aws:s3:::${name}/*`;
      const Statement = [{ Effect: 'Allow', Principal, Action: 's3:PutObject', Resource }];
      const Policy = JSON.stringify({ Version: '2012-10-17', Statement });
      await (await clients('s3')).putBucketPolicy({ Bucket: name, Policy });
      return arn;
    },
    set: async (clients, arn, isRight) => {
      const Bucket = arn.split('/').at(-1) ?? '';
      const LoggingEnabled = { TargetBucket: Bucket, TargetPrefix: 'access/' };
      const BucketLoggingStatus = isRight ? { LoggingEnabled } : {};
      return (await clients('s3')).putBucketLogging({ Bucket, BucketLoggingStatus });
    },
  },
  {
    control: 'DMS.13',
    type: 'AWS::DMS::ReplicationInstance',
    create: async (clients, ReplicationInstanceIdentifier) => {
      const { ReplicationInstance } = await (await clients('dms')).createReplicationInstance({
        ...{ ReplicationInstanceIdentifier, ReplicationInstanceClass: 'dms.t3.medium' },
      });
      return ReplicationInstance?.ReplicationInstanceArn?.split(':').at(-1);
    },
    set: async (clients, id, MultiAZ) =>
      (await clients('dms')).modifyReplicationInstance({
        ReplicationInstanceArn: `arn:aws:dms:${region}:${account}:rep:${id}`,
        MultiAZ,
      }),
  },
  {
    control: 'DocumentDB.2',
    type: 'AWS::RDS::DBCluster',
    create: createDocuments,
    set: async (clients, DBClusterIdentifier, isRight) =>
      (await clients('rds')).modifyDBCluster({
        ...{ DBClusterIdentifier, BackupRetentionPeriod: isRight ? 7 : 1 },
      }),
  },
  {
    control: 'DocumentDB.4',
    type: 'AWS::RDS::DBCluster',
    create: createDocuments,
    set: async (clients, DBClusterIdentifier, isRight) =>
      (await clients('rds')).modifyDBCluster({
        DBClusterIdentifier,
        CloudwatchLogsExportConfiguration: {
          [isRight ? 'EnableLogTypes' : 'DisableLogTypes']: ['audit'],
        },
      }),
  },
  {
    control: 'ECS.12',
    type: 'AWS::ECS::Cluster',
    create: async (clients, clusterName) => {
      await (await clients('ecs')).createCluster({ clusterName });
      return clusterName;
    },
    set: async (clients, cluster, isRight) =>
      (await clients('ecs')).updateClusterSettings({
        cluster,
        settings: [{ name: 'containerInsights', value: isRight ? 'enhanced' : 'disabled' }],
      }),
  },
  {
    control: 'CloudTrail.5',
    type: 'AWS::CloudTrail::Trail',
    create: async (clients, name) => {
      await (await clients('logs')).createLogGroup({ logGroupName: name });
      return createTrail(clients, name);
    },
    set: async (clients, Name, isRight) =>
      (await clients('cloudtrail')).updateTrail({
        Name,
        CloudWatchLogsLogGroupArn: isRight ? group(Name.split('/').at(-1) ?? '') : '',
        CloudWatchLogsRoleArn: isRight ? `arn:aws:iam::${account}:role/trail` : '',
      }),
  },
  {
    control: 'PL.CLOUDTRAIL.1',
    type: 'AWS::CloudTrail::Trail',
    create: createTrail,
    set: async (clients, arn, isRight) => {
      const s3 = await clients('s3');
      const Bucket = arn.split('/').at(-1) ?? '';
      if (isRight) return s3.deleteBucketLifecycle({ Bucket });
      return s3.putBucketLifecycleConfiguration({
        Bucket,
        LifecycleConfiguration: {
          Rules: [
            { ID: 'soon', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 1 } },
          ],
        },
      });
    },
  },
  {
    control: 'Cognito.2',
    type: 'AWS::Cognito::IdentityPool',
    create: async (clients, IdentityPoolName) => {
      const asked = { IdentityPoolName, AllowUnauthenticatedIdentities: false };
      return (await (await clients('cognitoidentity')).createIdentityPool(asked)).IdentityPoolId;
    },
    set: async (clients, IdentityPoolId, isRight) =>
      (await clients('cognitoidentity')).updateIdentityPool({
        ...{ IdentityPoolId, IdentityPoolName: 'turn' },
        AllowUnauthenticatedIdentities: !isRight,
      }),
  },
  {
    control: 'ECR.3',
    type: 'AWS::ECR::Repository',
    create: async (clients, repositoryName) => {
      await (await clients('ecr')).createRepository({ repositoryName });
      return repositoryName;
    },
    set: async (clients, repositoryName, isRight) => {
      const ecr = await clients('ecr');
      if (!isRight) return ecr.deleteLifecyclePolicy({ repositoryName });
      const selection = {
        ...{ tagStatus: 'untagged', countType: 'imageCountMoreThan', countNumber: 5 },
      };
      const rules = [{ rulePriority: 1, selection, action: { type: 'expire' } }];
      return ecr.putLifecyclePolicy({
        ...{ repositoryName, lifecyclePolicyText: JSON.stringify({ rules }) },
      });
    },
  },
  {
    control: 'IAM.2',
    type: 'AWS::IAM::User',
    create: createUser,
    set: async (clients, UserName, isRight) => {
      const iam = await clients('iam');
      const PolicyArn = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
      const { AttachedPolicies = [] } = await iam.listAttachedUserPolicies({ UserName });
      if (!isRight) return iam.attachUserPolicy({ UserName, PolicyArn });
      return AttachedPolicies.length > 0 && iam.detachUserPolicy({ UserName, PolicyArn });
    },
  },
  {
    control: 'IAM.21',
    type: 'AWS::IAM::Policy',
    create: createPolicy,
    set: (clients, arn, isRight) => allow(clients, arn, isRight ? 's3:GetObject' : 's3:*'),
  },
  {
    control: 'KMS.1',
    type: 'AWS::IAM::Policy',
    create: createPolicy,
    set: (clients, arn, isRight) => allow(clients, arn, isRight ? 'kms:ListKeys' : 'kms:Decrypt'),
  },
  {
    control: 'KMS.2',
    type: 'AWS::IAM::User',
    create: createUser,
    set: async (clients, UserName, isRight) =>
      (await clients('iam')).putUserPolicy({
        ...{ UserName, PolicyName: 'turn' },
        PolicyDocument: allowing(isRight ? 'kms:ListKeys' : 'kms:Decrypt'),
      }),
  },
  {
    control: 'Opensearch.6',
    type: 'AWS::OpenSearchService::Domain',
    create: createDomain,
    set: async (clients, DomainName, isRight) =>
      (await clients('opensearch')).updateDomainConfig({
        DomainName,
        ClusterConfig: { InstanceCount: isRight ? 3 : 1, ZoneAwarenessEnabled: true },
      }),
  },
  {
    control: 'Opensearch.8',
    type: 'AWS::OpenSearchService::Domain',
    create: createDomain,
    set: async (clients, DomainName, isRight) =>
      (await clients('opensearch')).updateDomainConfig({
        DomainName,
        DomainEndpointOptions: {
          EnforceHTTPS: isRight,
          TLSSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10',
        },
      }),
  },
  {
    control: 'Redshift.3',
    type: 'AWS::Redshift::Cluster',
    create: createCluster,
    set: async (clients, ClusterIdentifier, isRight) =>
      (await clients('redshift')).modifyCluster({
        ...{ ClusterIdentifier, AutomatedSnapshotRetentionPeriod: isRight ? 7 : 1 },
      }),
  },
  {
    control: 'Redshift.6',
    type: 'AWS::Redshift::Cluster',
    create: createCluster,
    set: async (clients, ClusterIdentifier, isRight) =>
      (await clients('redshift')).modifyCluster({
        ClusterIdentifier,
        AllowVersionUpgrade: isRight,
      }),
  },
  {
    control: 'Redshift.7',
    type: 'AWS::Redshift::Cluster',
    create: createCluster,
    set: async (clients, ClusterIdentifier, isRight) =>
      (await clients('redshift')).modifyCluster({ ClusterIdentifier, EnhancedVpcRouting: isRight }),
  },
  {
    control: 'S3.13',
    type: 'AWS::S3::Bucket',
    create: async (clients, Bucket) => {
      await (await clients('s3')).createBucket({ Bucket });
      return Bucket;
    },
    set: async (clients, Bucket, isRight) => {
      const s3 = await clients('s3');
      if (!isRight) return s3.deleteBucketLifecycle({ Bucket });
      const rule = { ID: 'old', Filter: { Prefix: '' }, Expiration: { Days: 30 } };
      return s3.putBucketLifecycleConfiguration({
        Bucket,
        LifecycleConfiguration: { Rules: [{ ...rule, Status: 'Enabled' }] },
      });
    },
  },
  {
    control: 'SNS.1',
    type: 'AWS::SNS::Topic',
    create: async (clients, Name) => {
      await (await clients('sns')).createTopic({ Name });
      return Name;
    },
    set: async (clients, Name, isRight) =>
      (await clients('sns')).setTopicAttributes({
        TopicArn: `arn:aws:sns:${region}:${account}:${Name}`,
        ...{ AttributeName: 'KmsMasterKeyId', AttributeValue: isRight ? 'alias/aws/sns' : '' },
      }),
  },
];

export const settingTurns: readonly Turn[] = settings.map(turnOf);
