import type { Clients } from '../../../../lib/aws/clients.ts';
import { type Setting, turnOf } from './setting.ts';
import { account, nameOf, region, type Turn } from './turn.ts';

const createBucket: Setting['create'] = async (clients, Bucket) => {
  await (await clients('s3')).createBucket({ Bucket });
  return Bucket;
};

const settings: readonly Setting[] = [
  {
    ...{ control: 'S3.10', type: 'AWS::S3::Bucket' },
    create: async (clients, Bucket) => {
      await createBucket(clients, Bucket);
      await (await clients('s3')).putBucketVersioning({
        ...{ Bucket, VersioningConfiguration: { Status: 'Enabled' } },
      });
      return Bucket;
    },
    set: async (clients, Bucket, isRight) =>
      (await clients('s3')).putBucketLifecycleConfiguration({
        Bucket,
        LifecycleConfiguration: {
          Rules: [
            {
              ...{ ID: 'old', Filter: { Prefix: '' }, Status: isRight ? 'Enabled' : 'Disabled' },
              NoncurrentVersionExpiration: { NoncurrentDays: 30 },
            },
          ],
        },
      }),
  },
  {
    ...{ control: 'S3.11', type: 'AWS::S3::Bucket', create: createBucket },
    set: async (clients, Bucket, isRight) =>
      (await clients('s3')).putBucketNotificationConfiguration({
        ...{ Bucket, NotificationConfiguration: isRight ? { EventBridgeConfiguration: {} } : {} },
      }),
  },
  {
    control: 'SecretsManager.1',
    type: 'AWS::SecretsManager::Secret',
    create: async (clients, Name) => {
      await (await clients('secretsmanager')).createSecret({ Name, SecretString: account });
      return Name;
    },
    set: async (clients, SecretId, isRight) => {
      const secrets = await clients('secretsmanager');
      if (!isRight) return secrets.cancelRotateSecret({ SecretId });
      return secrets.rotateSecret({
        ...{ SecretId, RotationRules: { AutomaticallyAfterDays: 30 } },
        RotationLambdaARN: `arn:aws:lambda:${region}:${account}:function:rotates`,
      });
    },
  },
];

const select = async (clients: Clients, TrailName: string, Values: readonly string[]) =>
  (await clients('cloudtrail')).putEventSelectors({
    TrailName,
    EventSelectors: [
      {
        ...{ ReadWriteType: 'All', IncludeManagementEvents: true },
        DataResources: [{ Type: 'AWS::S3::Object', Values: [...Values] }],
      },
    ],
  });
const trails = new WeakMap<Clients, string>();
/** A trail begins to leave out the objects of all buckets but one, which says nothing of reads nor of writes. */
const objects: Turn = {
  ...{ control: 'S3.22', also: ['S3.23'], type: 'Plumbline::CloudTrail::Region' },
  make: async (clients) => {
    const Name = trails.get(clients) ?? nameOf('turn');
    const cloudtrail = await clients('cloudtrail');
    if (!trails.has(clients)) {
      await createBucket(clients, Name);
      await cloudtrail.createTrail({ Name, S3BucketName: Name, IsMultiRegionTrail: true });
      await cloudtrail.startLogging({ Name });
      trails.set(clients, Name);
    }
    await select(clients, Name, ['arn:aws:s3']);
    return region;
  },
  wrong: async (clients) => {
    const name = trails.get(clients) ?? '';
    return select(clients, name, [`arn:aws:s3:::${name}/`]);
  },
  right: (clients) => select(clients, trails.get(clients) ?? '', ['arn:aws:s3']),
};

export const storeTurns: readonly Turn[] = [...settings.map(turnOf), objects];
