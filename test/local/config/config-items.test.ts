import { ConfigService } from '@aws-sdk/client-config-service';
import { EC2 } from '@aws-sdk/client-ec2';
import { IAM } from '@aws-sdk/client-iam';
import { RDS } from '@aws-sdk/client-rds';
import { S3 } from '@aws-sdk/client-s3';
import { sdkClients } from '../../../lib/aws/clients.ts';
import { type ConfigRecorder, configRecorder } from '../../../lib/local/config/config-items.ts';
import { endpointForTests } from '../endpoint/endpoint-for-tests.ts';

const account = '123456789012';
const roleARN = `arn:aws:iam::${account}:role/recorder`;
const item = (detail: Record<string, unknown> | undefined) => Object(detail?.['configurationItem']);

describe('configuration items', () => {
  let recorder: ConfigRecorder;
  let queue: Awaited<ReturnType<typeof local.queue>>;
  const local = endpointForTests(({ bus, motoUrl }) => {
    const at = {
      region: 'us-east-1',
      endpoint: motoUrl,
      credentials: { accessKeyId: 'config', secretAccessKey: 'x' },
    };
    recorder = configRecorder({
      account,
      region: 'us-east-1',
      bus,
      clients: sdkClients(at),
      delayMs: 300,
    });
    return { before: [recorder.before], after: [recorder.after] };
  });
  beforeAll(async () => {
    queue = await local.queue();
  });
  afterAll(() => recorder.stop());

  const s3 = () => new S3({ ...local.settings(), forcePathStyle: true });
  const ec2 = () => new EC2(local.settings());
  const iam = () => new IAM(local.settings());
  const rds = () => new RDS(local.settings());
  const nextItem = async () => {
    const [event] = await queue.next(1);
    return { event, item: item(event?.detail) };
  };

  test('a bucket is discovered, later than its call, in the form of a notification', async () => {
    const start = Date.now();
    await s3().createBucket({ Bucket: 'first' });
    const { event, item } = await nextItem();
    expect(Date.now() - start).toBeGreaterThanOrEqual(290);
    expect(event).toMatchObject({
      source: 'aws.config',
      'detail-type': 'Config Configuration Item Change',
      resources: ['arn:aws:s3:::first'],
      detail: { messageType: 'ConfigurationItemChangeNotification' },
    });
    expect(item).toMatchObject({
      configurationItemStatus: 'ResourceDiscovered',
      resourceType: 'AWS::S3::Bucket',
      resourceId: 'first',
      resourceName: 'first',
      ARN: 'arn:aws:s3:::first',
      awsAccountId: account,
      awsRegion: 'us-east-1',
      configurationItemCaptureTime: expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/),
    });
  });

  test('several changes within the delay are one item', async () => {
    const client = s3();
    await client.putBucketVersioning({
      Bucket: 'first',
      VersioningConfiguration: { Status: 'Enabled' },
    });
    await client.deleteBucketPolicy({ Bucket: 'first' });
    const events = await queue.take();
    expect(events).toHaveLength(1);
    expect(item(events[0]?.detail)).toMatchObject({ configurationItemStatus: 'OK' });
    expect(await queue.take()).toEqual([]);
  });

  test('a bucket is deleted', async () => {
    await s3().deleteBucket({ Bucket: 'first' });
    expect((await nextItem()).item).toMatchObject({
      configurationItemStatus: 'ResourceDeleted',
      resourceId: 'first',
      configuration: null,
    });
  });

  test('a security group is known by its id', async () => {
    const { GroupId } = await ec2().createSecurityGroup({ GroupName: 'web', Description: 'web' });
    expect((await nextItem()).item).toMatchObject({
      resourceType: 'AWS::EC2::SecurityGroup',
      resourceId: GroupId,
      resourceName: 'web',
      ARN: `arn:aws:ec2:us-east-1:${account}:security-group/${GroupId}`,
      configuration: { groupId: GroupId },
    });
  });

  test('a user is known by its AIDA id, in no region, also when it is gone', async () => {
    const { User } = await iam().createUser({ UserName: 'bob' });
    const expected = {
      resourceType: 'AWS::IAM::User',
      resourceId: User?.UserId,
      resourceName: 'bob',
      awsRegion: 'global',
    };
    expect(User?.UserId).toMatch(/^AIDA/);
    expect((await nextItem()).item).toMatchObject(expected);
    await iam().deleteUser({ UserName: 'bob' });
    expect((await nextItem()).item).toMatchObject({
      ...expected,
      configurationItemStatus: 'ResourceDeleted',
    });
  });

  test('a role that was made past the recorder is known when it is deleted', async () => {
    const direct = new IAM(local.direct());
    const { Role } = await direct.createRole({ RoleName: 'r', AssumeRolePolicyDocument: '{}' });
    await iam().deleteRole({ RoleName: 'r' });
    expect((await nextItem()).item).toMatchObject({
      resourceId: Role?.RoleId,
      configurationItemStatus: 'ResourceDeleted',
    });
  });

  test('a policy and who it is attached to both change', async () => {
    await new IAM(local.direct()).createGroup({ GroupName: 'g' });
    const { Policy } = await new IAM(local.direct()).createPolicy({
      PolicyName: 'p',
      PolicyDocument:
        '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}',
    });
    await iam().attachGroupPolicy({ GroupName: 'g', PolicyArn: Policy?.Arn });
    const events = await queue.next(2);
    expect(events.map(({ detail }) => item(detail).resourceType).sort()).toEqual([
      'AWS::IAM::Group',
      'AWS::IAM::Policy',
    ]);
  });

  test('a key is not in the item of its user', async () => {
    await new IAM(local.direct()).createUser({ UserName: 'carol' });
    await iam().createAccessKey({ UserName: 'carol' });
    expect(await queue.take()).toEqual([]);
  });

  test('a database is known by its resource id', async () => {
    const { DBInstance } = await rds().createDBInstance({
      DBInstanceIdentifier: 'db',
      DBInstanceClass: 'db.t3.micro',
      Engine: 'mysql',
      MasterUsername: 'admin',
      MasterUserPassword: 'secret-99',
      AllocatedStorage: 20,
    });
    expect(DBInstance?.DbiResourceId).toMatch(/^db-/);
    expect((await nextItem()).item).toMatchObject({
      resourceType: 'AWS::RDS::DBInstance',
      resourceId: DBInstance?.DbiResourceId,
      resourceName: 'db',
      configuration: { dBInstanceIdentifier: 'db' },
    });
  });

  test('a snapshot is known by its name', async () => {
    await rds().createDBSnapshot({ DBInstanceIdentifier: 'db', DBSnapshotIdentifier: 'copy' });
    const events = await queue.next(2);
    expect(events.map(({ detail }) => item(detail))).toContainEqual(
      expect.objectContaining({
        resourceType: 'AWS::RDS::DBSnapshot',
        resourceId: 'copy',
        ARN: `arn:aws:rds:us-east-1:${account}:snapshot:copy`,
      }),
    );
  });

  test('a call that fails changes nothing', async () => {
    await expect(iam().deleteUser({ UserName: 'nobody' })).rejects.toThrow();
    expect(await queue.take()).toEqual([]);
  });

  test('a recorder that is stopped records nothing until it is started again', async () => {
    const config = new ConfigService(local.settings());
    const name = 'default';
    await config.putConfigurationRecorder({ ConfigurationRecorder: { name, roleARN } });
    await config.putDeliveryChannel({ DeliveryChannel: { name, s3BucketName: 'first' } });
    await config.startConfigurationRecorder({ ConfigurationRecorderName: name });
    await config.stopConfigurationRecorder({ ConfigurationRecorderName: name });
    await s3().createBucket({ Bucket: 'unseen' });
    expect(await queue.take()).toEqual([]);
    await config.startConfigurationRecorder({ ConfigurationRecorderName: name });
    await s3().createBucket({ Bucket: 'seen' });
    expect((await nextItem()).item).toMatchObject({ resourceId: 'seen' });
  });
});
