import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { EC2 } from '@aws-sdk/client-ec2';
import { IAM } from '@aws-sdk/client-iam';
import { RDS } from '@aws-sdk/client-rds';
import { S3 } from '@aws-sdk/client-s3';
import { S3Control } from '@aws-sdk/client-s3-control';
import { SecurityHub } from '@aws-sdk/client-securityhub';
import { SQS } from '@aws-sdk/client-sqs';
import { SSM } from '@aws-sdk/client-ssm';
import { cloudTrail } from '../../../lib/local/cloudtrail/cloudtrail.ts';
import { endpointForTests, type TestEvent } from '../endpoint/endpoint-for-tests.ts';

const account = '123456789012';
const alice = {
  type: 'IAMUser',
  principalId: 'AIDAALICE',
  arn: `arn:aws:iam::${account}:user/alice`,
  accountId: account,
  accessKeyId: 'AKIAALICE',
  userName: 'alice',
};

describe('CloudTrail events', () => {
  const local = endpointForTests(({ bus }) => ({
    after: [cloudTrail({ account, bus, identityOf: async () => alice })],
  }));
  let queue: Awaited<ReturnType<typeof local.queue>>;
  const at = () => local.settings();
  const s3 = () => new S3({ ...at(), forcePathStyle: true });
  const ec2 = () => new EC2(at());
  const iam = () => new IAM(at());
  const rds = () => new RDS(at());
  const control = () =>
    new S3Control({
      ...at(),
      endpointProvider: () => ({ url: new URL(local.url()) }),
    });

  const database = () => ({
    DBInstanceIdentifier: 'db',
    DBInstanceClass: 'db.t3.micro',
    Engine: 'postgres',
    MasterUsername: 'admin',
    MasterUserPassword: 'secret-99',
    AllocatedStorage: 20,
  });
  let group = '';
  let rule = '';

  beforeAll(async () => {
    queue = await local.queue();
    const direct = new EC2(local.direct());
    const { Vpcs = [] } = await direct.describeVpcs({});
    const made = await direct.createSecurityGroup({
      GroupName: 'web',
      Description: 'web',
      VpcId: Vpcs[0]?.VpcId,
    });
    group = made.GroupId ?? '';
    const { SecurityGroupRules } = await direct.authorizeSecurityGroupIngress({
      GroupId: group,
      IpPermissions: [
        { IpProtocol: 'tcp', FromPort: 80, ToPort: 80, IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
      ],
    });
    rule = SecurityGroupRules?.[0]?.SecurityGroupRuleId ?? '';
  }, 30_000);

  const eventOf = async (call: () => Promise<unknown>): Promise<TestEvent> => {
    await call();
    const [event] = await queue.next(1);
    if (!event) throw new Error('no event came');
    return event;
  };

  test('an event is in the form of a record and of EventBridge', async () => {
    const event = await eventOf(() => s3().createBucket({ Bucket: 'first' }));
    expect(event).toMatchObject({
      source: 'aws.s3',
      'detail-type': 'AWS API Call via CloudTrail',
      region: 'us-east-1',
      account,
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
    expect(event.detail).toMatchObject({
      eventVersion: '1.11',
      userIdentity: alice,
      eventTime: event.time,
      eventSource: 's3.amazonaws.com',
      eventName: 'CreateBucket',
      awsRegion: 'us-east-1',
      sourceIPAddress: '127.0.0.1',
      userAgent: expect.stringMatching(/^\[aws-sdk-js/),
      requestParameters: { bucketName: 'first' },
      responseElements: null,
      readOnly: false,
      eventType: 'AwsApiCall',
      managementEvent: true,
      recipientAccountId: account,
      eventCategory: 'Management',
    });
  });

  const block = {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: false,
  };
  const policy = { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 's3:*' }] };
  const Bucket = 'first';
  const trust = { Version: '2012-10-17', Statement: [] };

  type Case = readonly [call: () => Promise<unknown>, name: string, detail: object];
  const cases: Readonly<Record<string, Case>> = {
    'the block of a bucket': [
      () => s3().putPublicAccessBlock({ Bucket, PublicAccessBlockConfiguration: block }),
      'PutBucketPublicAccessBlock',
      {
        requestParameters: {
          bucketName: Bucket,
          publicAccessBlock: '',
          PublicAccessBlockConfiguration: {
            ...block,
            xmlns: 'http://s3.amazonaws.com/doc/2006-03-01/',
          },
        },
        responseElements: null,
      },
    ],
    'the block of a bucket goes': [
      () => s3().deletePublicAccessBlock({ Bucket }),
      'DeleteBucketPublicAccessBlock',
      { requestParameters: { bucketName: Bucket } },
    ],
    'the block of the account': [
      () =>
        control().putPublicAccessBlock({
          AccountId: account,
          PublicAccessBlockConfiguration: block,
        }),
      'PutAccountPublicAccessBlock',
      {
        eventSource: 's3.amazonaws.com',
        requestParameters: { accountId: account, PublicAccessBlockConfiguration: block },
      },
    ],
    'a bucket policy is an object': [
      () => s3().putBucketPolicy({ Bucket, Policy: JSON.stringify(policy) }),
      'PutBucketPolicy',
      { requestParameters: { bucketName: Bucket, policy: '', bucketPolicy: policy } },
    ],
    'the policy goes': [
      () => s3().deleteBucketPolicy({ Bucket }),
      'DeleteBucketPolicy',
      { requestParameters: { bucketName: Bucket } },
    ],
    'an ACL is a header': [
      () => s3().putBucketAcl({ Bucket, ACL: 'private' }),
      'PutBucketAcl',
      { requestParameters: { bucketName: Bucket, acl: '', 'x-amz-acl': 'private' } },
    ],
    'an encryption is one rule': [
      () =>
        s3().putBucketEncryption({
          Bucket,
          ServerSideEncryptionConfiguration: {
            Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
          },
        }),
      'PutBucketEncryption',
      {
        requestParameters: {
          ServerSideEncryptionConfiguration: {
            Rule: { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } },
          },
        },
      },
    ],
    'the encryption goes': [
      () => s3().deleteBucketEncryption({ Bucket }),
      'DeleteBucketEncryption',
      { requestParameters: { bucketName: Bucket } },
    ],
    'a lifecycle': [
      () =>
        s3().putBucketLifecycleConfiguration({
          Bucket,
          LifecycleConfiguration: {
            Rules: [
              { ID: 'a', Status: 'Enabled', Filter: { Prefix: '' }, Expiration: { Days: 3 } },
            ],
          },
        }),
      'PutBucketLifecycle',
      { requestParameters: { bucketName: Bucket, lifecycle: '' } },
    ],
    'versions are kept': [
      () => s3().putBucketVersioning({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }),
      'PutBucketVersioning',
      { requestParameters: { VersioningConfiguration: { Status: 'Enabled' } } },
    ],
    'a bucket goes': [
      () => s3().deleteBucket({ Bucket }),
      'DeleteBucket',
      { requestParameters: { bucketName: Bucket } },
    ],
    'a security group': [
      () => ec2().createSecurityGroup({ GroupName: 'app', Description: 'app' }),
      'CreateSecurityGroup',
      {
        eventSource: 'ec2.amazonaws.com',
        requestParameters: { groupName: 'app', groupDescription: 'app' },
        responseElements: { groupId: expect.stringMatching(/^sg-/), requestId: expect.any(String) },
      },
    ],
    'a rule in the short form': [
      () =>
        ec2().authorizeSecurityGroupIngress({
          GroupId: group,
          IpProtocol: 'tcp',
          FromPort: 22,
          ToPort: 22,
          CidrIp: '0.0.0.0/0',
        }),
      'AuthorizeSecurityGroupIngress',
      {
        requestParameters: {
          groupId: expect.stringMatching(/^sg-/),
          ipProtocol: 'tcp',
          fromPort: 22,
          cidrIp: '0.0.0.0/0',
          ipPermissions: {},
        },
        responseElements: {
          _return: true,
          securityGroupRuleSet: { items: [{ cidrIpv4: '0.0.0.0/0', isEgress: false }] },
        },
      },
    ],
    'rules in the long form': [
      () =>
        ec2().authorizeSecurityGroupIngress({
          GroupId: group,
          IpPermissions: [
            { IpProtocol: 'tcp', FromPort: 23, ToPort: 23, IpRanges: [{ CidrIp: '10.0.0.0/8' }] },
          ],
        }),
      'AuthorizeSecurityGroupIngress',
      {
        requestParameters: {
          ipPermissions: {
            items: [
              {
                ipProtocol: 'tcp',
                fromPort: 23,
                toPort: 23,
                ipRanges: { items: [{ cidrIp: '10.0.0.0/8' }] },
              },
            ],
          },
        },
      },
    ],
    'a rule is changed in EC2’s newer form': [
      () =>
        ec2().modifySecurityGroupRules({
          GroupId: group,
          SecurityGroupRules: [
            {
              SecurityGroupRuleId: rule,
              SecurityGroupRule: {
                IpProtocol: 'tcp',
                FromPort: 443,
                ToPort: 443,
                CidrIpv4: '0.0.0.0/0',
              },
            },
          ],
        }),
      'ModifySecurityGroupRules',
      {
        requestParameters: {
          ModifySecurityGroupRulesRequest: {
            GroupId: expect.stringMatching(/^sg-/),
            SecurityGroupRule: {
              SecurityGroupRuleId: expect.stringMatching(/^sgr-/),
              tag: 1,
              SecurityGroupRule: { CidrIpv4: '0.0.0.0/0', FromPort: 443 },
            },
          },
        },
        responseElements: { ModifySecurityGroupRulesResponse: expect.anything() },
      },
    ],
    'a rule is taken back': [
      () => ec2().revokeSecurityGroupIngress({ GroupId: group, SecurityGroupRuleIds: [rule] }),
      'RevokeSecurityGroupIngress',
      { requestParameters: { groupId: expect.stringMatching(/^sg-/) } },
    ],
    'disks are encrypted by default': [
      () => ec2().enableEbsEncryptionByDefault({}),
      'EnableEbsEncryptionByDefault',
      { requestParameters: { EnableEbsEncryptionByDefaultRequest: {} } },
    ],
    'a user': [
      () => iam().createUser({ UserName: 'bob', Tags: [{ Key: 'team', Value: 'a' }] }),
      'CreateUser',
      {
        eventSource: 'iam.amazonaws.com',
        awsRegion: 'us-east-1',
        requestParameters: { userName: 'bob', tags: [{ key: 'team', value: 'a' }] },
        responseElements: {
          user: {
            userName: 'bob',
            createDate: expect.stringMatching(/^\w{3} \d+, \d{4} \d+:\d\d:\d\d [AP]M$/),
          },
        },
      },
    ],
    'a policy is attached': [
      () =>
        iam().attachUserPolicy({
          UserName: 'bob',
          PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
        }),
      'AttachUserPolicy',
      {
        requestParameters: {
          userName: 'bob',
          policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
        },
        responseElements: null,
      },
    ],
    'a policy in IAM is a text': [
      () =>
        iam().putUserPolicy({
          UserName: 'bob',
          PolicyName: 'p',
          PolicyDocument:
            '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
        }),
      'PutUserPolicy',
      { requestParameters: { policyDocument: expect.stringContaining('"Action":"*"') } },
    ],
    'a policy whose blanks make the record too large': [
      () =>
        iam().putUserPolicy({
          UserName: 'bob',
          PolicyName: 'padded',
          PolicyDocument: `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]${' '.repeat(110_000)}}`,
        }),
      'PutUserPolicy',
      {
        requestParameters: {
          reason: 'requestParameters too large',
          omitted: true,
          originalSize: expect.any(Number),
        },
      },
    ],
    'a role': [
      () => iam().createRole({ RoleName: 'r', AssumeRolePolicyDocument: JSON.stringify(trust) }),
      'CreateRole',
      {
        requestParameters: { roleName: 'r', assumeRolePolicyDocument: JSON.stringify(trust) },
        responseElements: { role: { roleName: 'r', roleId: expect.stringMatching(/^AROA/) } },
      },
    ],
    'the password policy': [
      () => iam().updateAccountPasswordPolicy({ MinimumPasswordLength: 8 }),
      'UpdateAccountPasswordPolicy',
      { requestParameters: { minimumPasswordLength: 8 } },
    ],
    'a database, without the element around it': [
      () => rds().createDBInstance(database()),
      'CreateDBInstance',
      {
        eventSource: 'rds.amazonaws.com',
        requestParameters: { dBInstanceIdentifier: 'db', masterUserPassword: '****' },
        responseElements: {
          dBInstanceIdentifier: 'db',
          dBInstanceArn: `arn:aws:rds:us-east-1:${account}:db:db`,
          dbiResourceId: expect.stringMatching(/^db-/),
        },
      },
    ],
    'a database is changed': [
      () =>
        rds().modifyDBInstance({
          DBInstanceIdentifier: 'db',
          PubliclyAccessible: true,
          ApplyImmediately: true,
        }),
      'ModifyDBInstance',
      {
        requestParameters: {
          dBInstanceIdentifier: 'db',
          publiclyAccessible: true,
          applyImmediately: true,
        },
      },
    ],
    'a snapshot': [
      () =>
        rds().createDBSnapshot({ DBInstanceIdentifier: 'db', DBSnapshotIdentifier: 'snapshot' }),
      'CreateDBSnapshot',
      { requestParameters: { dBSnapshotIdentifier: 'snapshot' } },
    ],
    'a snapshot is shared': [
      () =>
        rds().modifyDBSnapshotAttribute({
          DBSnapshotIdentifier: 'snapshot',
          AttributeName: 'restore',
          ValuesToAdd: ['all'],
        }),
      'ModifyDBSnapshotAttribute',
      {
        requestParameters: {
          attributeName: 'restore',
          dBSnapshotIdentifier: 'snapshot',
          valuesToAdd: ['all'],
        },
      },
    ],
    'a queue': [
      () => new SQS(at()).createQueue({ QueueName: 'q' }),
      'CreateQueue',
      { eventSource: 'sqs.amazonaws.com', requestParameters: { queueName: 'q' } },
    ],
    'a table': [
      () =>
        new DynamoDB(at()).createTable({
          TableName: 't',
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          BillingMode: 'PAY_PER_REQUEST',
        }),
      'CreateTable',
      { requestParameters: { tableName: 't', billingMode: 'PAY_PER_REQUEST' } },
    ],
    'Security Hub writes names as its API does': [
      () => new SecurityHub(at()).enableSecurityHub({ EnableDefaultStandards: false }),
      'EnableSecurityHub',
      { requestParameters: { EnableDefaultStandards: false } },
    ],
  };

  test.each(Object.entries(cases))('%s', async (_, [call, name, detail]) => {
    const event = await eventOf(call);
    expect(event.detail).toMatchObject({ eventName: name, ...detail });
  });

  test.each<[string, () => Promise<unknown>, RegExp]>([
    [
      'a key',
      async () => (await iam().createAccessKey({ UserName: 'bob' })).AccessKey,
      /secretAccessKey/i,
    ],
    [
      'a password',
      () => iam().createLoginProfile({ UserName: 'bob', Password: 'Hush-hush-1' }),
      /hush/i,
    ],
    [
      'a parameter',
      () => new SSM(at()).putParameter({ Name: 'p', Value: 'hush', Type: 'SecureString' }),
      /hush/i,
    ],
  ])('%s is kept out of its event', async (_, call, secret) => {
    expect(JSON.stringify(await eventOf(call))).not.toMatch(secret);
  });

  test('a failed call says so', async () => {
    const event = await eventOf(() =>
      iam()
        .deleteUser({ UserName: 'nobody' })
        .catch(() => undefined),
    );
    expect(event.detail).toMatchObject({
      eventName: 'DeleteUser',
      errorCode: 'NoSuchEntity',
      errorMessage: expect.stringContaining('nobody'),
      responseElements: null,
    });
  });

  test('a failed call of EC2 says whose fault it was', async () => {
    const event = await eventOf(() =>
      ec2()
        .deleteSecurityGroup({ GroupId: 'sg-00000000' })
        .catch(() => undefined),
    );
    expect(event.detail).toMatchObject({ errorCode: 'Client.InvalidGroup.NotFound' });
  });

  test('reads, and calls on data, make no event', async () => {
    const client = s3();
    await new S3({ ...local.direct(), forcePathStyle: true }).createBucket({ Bucket: 'quiet' });
    await client.listBuckets({});
    await client.putObject({ Bucket: 'quiet', Key: 'k', Body: 'b' });
    await client.deleteObject({ Bucket: 'quiet', Key: 'k' });
    await ec2().describeSecurityGroups({});
    await new DynamoDB(at()).putItem({ TableName: 't', Item: { id: { S: '1' } } });
    const { QueueUrl } = await new SQS(at()).getQueueUrl({ QueueName: 'q' });
    await new SQS(at()).sendMessage({ QueueUrl, MessageBody: 'm' });
    expect(await queue.take()).toEqual([]);
  });

  test('many calls at once make one event each', async () => {
    const client = iam();
    await Promise.all(
      Array.from({ length: 30 }, (_, n) => client.createUser({ UserName: `user${n}` })),
    );
    const names = (await queue.next(30)).map(
      ({ detail }) => Object(detail['requestParameters']).userName,
    );
    expect(new Set(names).size).toBe(30);
  }, 20_000);
});
