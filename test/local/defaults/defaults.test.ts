import { AccessAnalyzer } from '@aws-sdk/client-accessanalyzer';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { CloudTrail } from '@aws-sdk/client-cloudtrail';
import { type DescribeSecurityGroupsCommandOutput, EC2 } from '@aws-sdk/client-ec2';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { type CreateDBInstanceMessage, RDS } from '@aws-sdk/client-rds';
import { type EncryptionType, type ObjectOwnership, S3 } from '@aws-sdk/client-s3';
import { S3Control } from '@aws-sdk/client-s3-control';
import { awsDefaults } from '../../../lib/local/defaults/defaults.ts';
import { endpointForTests } from '../endpoint/endpoint-for-tests.ts';

const account = '123456789012';
const local = endpointForTests(() => ({ before: awsDefaults(account) }));

describe('buckets', () => {
  let s3: S3;
  let control: S3Control;
  beforeAll(() => {
    s3 = new S3({ ...local.settings(), forcePathStyle: true });
    control = new S3Control({
      ...local.settings(),
      endpointProvider: () => ({ url: new URL(local.url()) }),
    });
  });
  const allBlocks = {
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
  };
  const policyFor = (Bucket: string, AWS: string) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS },
          Action: 's3:GetObject',
          Resource: `arn:aws:s3:::${Bucket}/*`,
        },
      ],
    });
  const bucket = async (Bucket: string, ownership?: ObjectOwnership) => {
    await s3.createBucket({ Bucket, ...(ownership && { ObjectOwnership: ownership }) });
    return Bucket;
  };

  const ruleOf = async (Bucket: string) =>
    (await s3.getBucketEncryption({ Bucket })).ServerSideEncryptionConfiguration?.Rules?.[0];

  test('a new bucket is blocked, encrypted and without ACLs', async () => {
    const Bucket = await bucket('fresh');
    expect((await s3.getPublicAccessBlock({ Bucket })).PublicAccessBlockConfiguration).toEqual(
      allBlocks,
    );
    expect(await ruleOf(Bucket)).toEqual({
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' },
      BucketKeyEnabled: false,
      BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
    });
    expect((await s3.getBucketOwnershipControls({ Bucket })).OwnershipControls).toEqual({
      Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }],
    });
  });

  test('every permission of an ACL is shown, each in a grant of its own', async () => {
    const Bucket = await bucket('granted', 'ObjectWriter');
    await s3.deletePublicAccessBlock({ Bucket });
    await s3.putBucketAcl({ Bucket, ACL: 'public-read-write' });
    const { Grants = [] } = await s3.getBucketAcl({ Bucket });
    const ofAll = Grants.filter(({ Grantee }) => Grantee?.URI?.endsWith('AllUsers'));
    expect(ofAll.map(({ Permission }) => Permission)).toEqual(['READ', 'WRITE']);
  });

  test('a listing with a parameter has pages, and names regions', async () => {
    const names = ['paged-1', 'paged-2', 'paged-3'];
    for (const name of names) await bucket(name);
    const eu = new S3({ ...local.settings(), region: 'eu-west-1', forcePathStyle: true });
    const CreateBucketConfiguration = { LocationConstraint: 'eu-west-1' as const };
    await eu.createBucket({ Bucket: 'paged-eu', CreateBucketConfiguration });
    const first = await s3.listBuckets({ Prefix: 'paged-', MaxBuckets: 2 });
    const { ContinuationToken } = first;
    expect(ContinuationToken).toBeDefined();
    const second = await s3.listBuckets({ Prefix: 'paged-', MaxBuckets: 2, ContinuationToken });
    const all = [...(first.Buckets ?? []), ...(second.Buckets ?? [])];
    expect(all.map(({ Name, BucketRegion }) => [Name, BucketRegion])).toEqual([
      ...names.map((name) => [name, 'us-east-1']),
      ['paged-eu', 'eu-west-1'],
    ]);
    expect(second.ContinuationToken).toBeUndefined();
    const inEurope = await s3.listBuckets({ BucketRegion: 'eu-west-1', MaxBuckets: 100 });
    expect(inEurope.Buckets?.map(({ Name }) => Name)).toEqual(['paged-eu']);
    expect((await eu.getBucketLocation({ Bucket: 'paged-eu' })).LocationConstraint).toBe(
      'eu-west-1',
    );
  });

  test('logs go to a bucket whose policy also names everybody', async () => {
    const [from, to] = [await bucket('logged'), await bucket('log-target')];
    await s3.deletePublicAccessBlock({ Bucket: to });
    const Resource = `arn:aws:s3:::${to}/*`;
    const Statement = [
      { Effect: 'Deny', Principal: '*', Action: 's3:DeleteObject', Resource },
      {
        Effect: 'Allow',
        Principal: { Service: 'logging.s3.amazonaws.com' },
        Action: 's3:PutObject',
        Resource,
      },
    ];
    await s3.putBucketPolicy({
      Bucket: to,
      Policy: JSON.stringify({ Version: '2012-10-17', Statement }),
    });
    const LoggingEnabled = { TargetBucket: to, TargetPrefix: '' };
    await s3.putBucketLogging({ Bucket: from, BucketLoggingStatus: { LoggingEnabled } });
    expect((await s3.getBucketLogging({ Bucket: from })).LoggingEnabled?.TargetBucket).toBe(to);
  });

  test('so is one that CloudFormation makes', async () => {
    const cloudformation = new CloudFormation(local.settings());
    await cloudformation.createStack({
      StackName: 'buckets',
      TemplateBody: JSON.stringify({
        Resources: { It: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'from-stack' } } },
      }),
    });
    const block = await s3.getPublicAccessBlock({ Bucket: 'from-stack' });
    expect(block.PublicAccessBlockConfiguration).toEqual(allBlocks);
  });

  test('the block can go, encryption only falls back', async () => {
    const Bucket = await bucket('bare');
    await s3.deletePublicAccessBlock({ Bucket });
    await expect(s3.getPublicAccessBlock({ Bucket })).rejects.toMatchObject({
      name: 'NoSuchPublicAccessBlockConfiguration',
    });
    await s3.putBucketEncryption({
      Bucket,
      ServerSideEncryptionConfiguration: {
        Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
      },
    });
    await s3.deleteBucketEncryption({ Bucket });
    expect((await ruleOf(Bucket))?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm).toBe('AES256');
  });

  test('keys of customers are blocked until a rule lets them in, and one that says nothing leaves it so', async () => {
    const Bucket = await bucket('of-customers');
    const put = (EncryptionType?: EncryptionType) =>
      s3.putBucketEncryption({
        Bucket,
        ServerSideEncryptionConfiguration: {
          Rules: [
            {
              ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' },
              BucketKeyEnabled: true,
              ...(EncryptionType && {
                BlockedEncryptionTypes: { EncryptionType: [EncryptionType] },
              }),
            },
          ],
        },
      });
    const blocked = async () => (await ruleOf(Bucket))?.BlockedEncryptionTypes?.EncryptionType;
    await put();
    expect(await blocked()).toEqual(['SSE-C']);
    await put('NONE');
    expect(await blocked()).toEqual(['NONE']);
    await put();
    expect(await blocked()).toEqual(['NONE']);
    await s3.deleteBucketEncryption({ Bucket });
    expect(await blocked()).toEqual(['NONE']);
    await put('SSE-C');
    expect(await blocked()).toEqual(['SSE-C']);
  });

  test('a public policy is refused while the bucket blocks it, another is not', async () => {
    const Bucket = await bucket('guarded');
    await s3.putBucketPolicy({ Bucket, Policy: policyFor(Bucket, account) });
    expect((await s3.getBucketPolicyStatus({ Bucket })).PolicyStatus).toEqual({ IsPublic: false });
    await expect(
      s3.putBucketPolicy({ Bucket, Policy: policyFor(Bucket, '*') }),
    ).rejects.toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
    await s3.deletePublicAccessBlock({ Bucket });
    await s3.putBucketPolicy({ Bucket, Policy: policyFor(Bucket, '*') });
    expect((await s3.getBucketPolicyStatus({ Bucket })).PolicyStatus).toEqual({ IsPublic: true });
  });

  test('a public policy is refused while the account blocks it', async () => {
    const Bucket = await bucket('guarded-by-account');
    await s3.deletePublicAccessBlock({ Bucket });
    await control.putPublicAccessBlock({
      AccountId: account,
      PublicAccessBlockConfiguration: { BlockPublicPolicy: true },
    });
    const put = () => s3.putBucketPolicy({ Bucket, Policy: policyFor(Bucket, '*') });
    await expect(put()).rejects.toMatchObject({ name: 'AccessDenied' });
    await control.deletePublicAccessBlock({ AccountId: account });
    await expect(put()).resolves.toBeDefined();
  });

  test('a bucket without a policy has no status', async () => {
    const Bucket = await bucket('silent');
    await expect(s3.getBucketPolicyStatus({ Bucket })).rejects.toMatchObject({
      name: 'NoSuchBucketPolicy',
    });
  });

  test('an ACL is refused where they are off, a public one where it is blocked', async () => {
    const Bucket = await bucket('enforced');
    await expect(s3.putBucketAcl({ Bucket, ACL: 'private' })).rejects.toMatchObject({
      name: 'AccessControlListNotSupported',
    });
    const open = await bucket('with-acls', 'ObjectWriter');
    await s3.putBucketAcl({ Bucket: open, ACL: 'private' });
    await expect(s3.putBucketAcl({ Bucket: open, ACL: 'public-read' })).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    await s3.deletePublicAccessBlock({ Bucket: open });
    await s3.putBucketAcl({
      Bucket: open,
      GrantRead: 'uri="http://acs.amazonaws.com/groups/global/AllUsers"',
    });
    const { Grants = [] } = await s3.getBucketAcl({ Bucket: open });
    expect(JSON.stringify(Grants)).toContain('AllUsers');
  });

  test('no bucket begins with a public ACL', async () => {
    await expect(s3.createBucket({ Bucket: 'x1', ACL: 'public-read' })).rejects.toMatchObject({
      name: 'InvalidBucketAclWithObjectOwnership',
    });
    await expect(
      s3.createBucket({ Bucket: 'x2', ACL: 'public-read', ObjectOwnership: 'ObjectWriter' }),
    ).rejects.toMatchObject({ name: 'InvalidBucketAclWithBlockPublicAccessError' });
  });
});

describe('databases', () => {
  let rds: RDS;
  beforeAll(() => {
    rds = new RDS(local.settings());
  });
  const create = async (id: string, more: Partial<CreateDBInstanceMessage> = {}) => {
    const { DBInstance } = await rds.createDBInstance({
      DBInstanceIdentifier: id,
      DBInstanceClass: 'db.t3.micro',
      Engine: 'postgres',
      MasterUsername: 'owner',
      MasterUserPassword: 'secret-99',
      AllocatedStorage: 20,
      ...more,
    });
    return DBInstance;
  };

  test('two databases have ids of their own', async () => {
    const [one, two] = [await create('one'), await create('two')];
    expect(one?.DbiResourceId).toMatch(/^db-[A-Z2-7]{26}$/);
    expect(two?.DbiResourceId).not.toBe(one?.DbiResourceId);
  });

  test.each([
    ['postgres', '16.4', 'default.postgres16'],
    ['postgres', '9.6.24', 'default.postgres9.6'],
    ['mysql', '8.0.40', 'default.mysql8.0'],
    ['mariadb', '10.11.9', 'default.mariadb10.11'],
    ['sqlserver-ex', '15.00.4410.1.v1', 'default.sqlserver-ex-15.0'],
    ['oracle-se2', '19.0.0.0.ru-2024-07.rur-2024-07.r1', 'default.oracle-se2-19'],
  ])('%s %s has %s', async (Engine, EngineVersion, group) => {
    const made = await create(`d${group.replace(/\W/g, '')}`, { Engine, EngineVersion });
    expect(made?.DBParameterGroups).toEqual([
      { DBParameterGroupName: group, ParameterApplyStatus: 'in-sync' },
    ]);
  });

  test('a cluster has the default group of its engine', async () => {
    const { DBCluster } = await rds.createDBCluster({
      DBClusterIdentifier: 'aurora',
      Engine: 'aurora-postgresql',
      EngineVersion: '16.4',
      MasterUsername: 'owner',
      MasterUserPassword: 'secret-99',
    });
    expect(DBCluster?.DBClusterParameterGroup).toBe('default.aurora-postgresql16');
  });

  test('without a word, the VPC decides who reaches a database', async () => {
    const ec2 = new EC2(local.direct());
    const { Vpc } = await ec2.createVpc({ CidrBlock: '10.9.0.0/16' });
    const VpcId = Vpc?.VpcId;
    const subnets = await Promise.all(
      ['a', 'b'].map((zone, at) =>
        ec2.createSubnet({
          VpcId,
          CidrBlock: `10.9.${at}.0/24`,
          AvailabilityZone: `us-east-1${zone}`,
        }),
      ),
    );
    await rds.createDBSubnetGroup({
      DBSubnetGroupName: 'inside',
      DBSubnetGroupDescription: 'inside',
      SubnetIds: subnets.map(({ Subnet }) => Subnet?.SubnetId ?? ''),
    });
    const inside = { DBSubnetGroupName: 'inside' };
    expect((await create('default-vpc'))?.PubliclyAccessible).toBe(true);
    expect((await create('told', { PubliclyAccessible: false }))?.PubliclyAccessible).toBe(false);
    expect((await create('no-gateway', inside))?.PubliclyAccessible).toBe(false);
    const { InternetGateway } = await ec2.createInternetGateway({});
    await ec2.attachInternetGateway({
      VpcId,
      InternetGatewayId: InternetGateway?.InternetGatewayId,
    });
    expect((await create('gateway', inside))?.PubliclyAccessible).toBe(true);
  });

  test('what has to wait is pending until something is applied immediately', async () => {
    await create('patient', { BackupRetentionPeriod: 1 });
    const modify = async (settings: object) =>
      (await rds.modifyDBInstance({ DBInstanceIdentifier: 'patient', ...settings })).DBInstance;
    expect(
      await modify({ MultiAZ: true, BackupRetentionPeriod: 7, DeletionProtection: true }),
    ).toMatchObject({
      MultiAZ: false,
      BackupRetentionPeriod: 7,
      DeletionProtection: true,
      PendingModifiedValues: { MultiAZ: true },
    });
    expect(await modify({ BackupRetentionPeriod: 0, PubliclyAccessible: false })).toMatchObject({
      BackupRetentionPeriod: 7,
      PubliclyAccessible: false,
      PendingModifiedValues: { BackupRetentionPeriod: 0, MultiAZ: true },
    });
    const applied = await modify({ CopyTagsToSnapshot: true, ApplyImmediately: true });
    expect(applied).toMatchObject({
      MultiAZ: true,
      BackupRetentionPeriod: 0,
      CopyTagsToSnapshot: true,
    });
    expect(applied?.PendingModifiedValues).toEqual({});
  });

  test('another parameter group waits for a restart', async () => {
    await create('restarting');
    await rds.createDBParameterGroup({
      DBParameterGroupName: 'own-group',
      DBParameterGroupFamily: 'postgres17',
      Description: 'own',
    });
    const changed = await rds.modifyDBInstance({
      DBInstanceIdentifier: 'restarting',
      DBParameterGroupName: 'own-group',
    });
    expect(changed.DBInstance?.DBParameterGroups).toEqual([
      { DBParameterGroupName: 'own-group', ParameterApplyStatus: 'pending-reboot' },
    ]);
    await rds.rebootDBInstance({ DBInstanceIdentifier: 'restarting' });
    const { DBInstances } = await rds.describeDBInstances({ DBInstanceIdentifier: 'restarting' });
    expect(DBInstances?.[0]?.DBParameterGroups?.[0]?.ParameterApplyStatus).toBe('in-sync');
  });
});

describe('parameter groups', () => {
  let rds: RDS;
  beforeAll(() => {
    rds = new RDS(local.settings());
  });
  const valueIn = async (group: string, parameter: string) => {
    const { Parameters = [] } = await rds.describeDBParameters({ DBParameterGroupName: group });
    return Parameters.find(({ ParameterName }) => ParameterName === parameter)?.ParameterValue;
  };

  test.each([
    ['default.postgres14', 'rds.force_ssl', '0'],
    ['default.postgres15', 'rds.force_ssl', '1'],
    ['default.postgres13', 'password_encryption', 'md5'],
    ['default.postgres17', 'password_encryption', 'scram-sha-256'],
    ['default.postgres17', 'rds.accepted_password_auth_method', 'md5+scram'],
    ['default.mysql8.4', 'require_secure_transport', '0'],
    ['default.mariadb10.11', 'require_secure_transport', '0'],
    ['default.mariadb11.8', 'require_secure_transport', '1'],
    ['default.sqlserver-ex-16.0', 'rds.force_ssl', '0'],
  ])('%s says of %s: %s', async (group, parameter, value) => {
    expect(await valueIn(group, parameter)).toBe(value);
  });

  test('a cluster’s default group', async () => {
    const { Parameters } = await rds.describeDBClusterParameters({
      DBClusterParameterGroupName: 'default.aurora-postgresql17',
      Filters: [{ Name: 'parameter-name', Values: ['rds.force_ssl'] }],
    });
    expect(Parameters).toEqual([
      expect.objectContaining({ ParameterName: 'rds.force_ssl', ParameterValue: '1' }),
    ]);
  });

  test('an own group has its family’s defaults, and what was set', async () => {
    await rds.createDBParameterGroup({
      DBParameterGroupName: 'own',
      DBParameterGroupFamily: 'postgres17',
      Description: 'own',
    });
    expect(await valueIn('own', 'rds.force_ssl')).toBe('1');
    await rds.modifyDBParameterGroup({
      DBParameterGroupName: 'own',
      Parameters: [
        { ParameterName: 'rds.force_ssl', ParameterValue: '0', ApplyMethod: 'immediate' },
      ],
    });
    expect(await valueIn('own', 'rds.force_ssl')).toBe('0');
    const { Parameters } = await rds.describeDBParameters({
      DBParameterGroupName: 'own',
      Source: 'user',
    });
    expect(Parameters).toEqual([
      expect.objectContaining({ ParameterName: 'rds.force_ssl', Source: 'user' }),
    ]);
  });

  test('a default group stays as it is', async () => {
    await expect(
      rds.modifyDBParameterGroup({
        DBParameterGroupName: 'default.postgres17',
        Parameters: [{ ParameterName: 'rds.force_ssl', ParameterValue: '0' }],
      }),
    ).rejects.toMatchObject({ name: expect.stringMatching(/^InvalidDBParameterGroupState/) });
  });

  test('a group that is not there is not found', async () => {
    await expect(
      rds.describeDBParameters({ DBParameterGroupName: 'nobody' }),
    ).rejects.toMatchObject({ name: expect.stringMatching(/^DBParameterGroupNotFound/) });
  });
});

describe('what moto lacks', () => {
  test('whether snapshots may be public', async () => {
    const ec2 = new EC2(local.settings());
    expect(await ec2.getSnapshotBlockPublicAccessState({})).toMatchObject({ State: 'unblocked' });
    await ec2.enableSnapshotBlockPublicAccess({ State: 'block-all-sharing' });
    expect(await ec2.getSnapshotBlockPublicAccessState({})).toMatchObject({
      State: 'block-all-sharing',
    });
    await ec2.disableSnapshotBlockPublicAccess({});
    expect(await ec2.getSnapshotBlockPublicAccessState({})).toMatchObject({ State: 'unblocked' });
  });

  test('security groups have pages where a listing asks for them', async () => {
    const ec2 = new EC2(local.settings());
    for (const name of ['one', 'two', 'three', 'four', 'five', 'six'])
      await ec2.createSecurityGroup({ GroupName: `paged-${name}`, Description: 'paged' });
    const idsOf = ({ SecurityGroups = [] }: DescribeSecurityGroupsCommandOutput) =>
      SecurityGroups.map(({ GroupId }) => GroupId);
    const all = await ec2.describeSecurityGroups({});
    expect(all.NextToken).toBeUndefined();
    const found: (string | undefined)[] = [];
    let NextToken: string | undefined;
    do {
      const page = await ec2.describeSecurityGroups({ MaxResults: 5, NextToken });
      expect(idsOf(page).length).toBeLessThanOrEqual(5);
      found.push(...idsOf(page));
      ({ NextToken } = page);
    } while (NextToken !== undefined);
    expect(found.length).toBeGreaterThan(5);
    expect(found).toEqual(idsOf(all));
  });

  test('how instances offer metadata', async () => {
    const ec2 = new EC2(local.settings());
    expect((await ec2.getInstanceMetadataDefaults({})).AccountLevel).toEqual({
      ManagedBy: 'account',
    });
    await ec2.modifyInstanceMetadataDefaults({ HttpTokens: 'required' });
    expect((await ec2.getInstanceMetadataDefaults({})).AccountLevel).toEqual({
      ManagedBy: 'account',
      HttpTokens: 'required',
    });
  });

  test('analyzers', async () => {
    const client = new AccessAnalyzer(local.settings());
    const own = { analyzerName: 'own', type: 'ACCOUNT' } as const;
    expect((await client.listAnalyzers({})).analyzers).toEqual([]);
    const { arn } = await client.createAnalyzer(own);
    expect(arn).toBe(`arn:aws:access-analyzer:us-east-1:${account}:analyzer/own`);
    await expect(client.createAnalyzer(own)).rejects.toMatchObject({ name: 'ConflictException' });
    expect((await client.listAnalyzers({ type: 'ACCOUNT' })).analyzers).toMatchObject([
      { arn, name: 'own', status: 'ACTIVE', createdAt: expect.any(Date) },
    ]);
    expect((await client.listAnalyzers({ type: 'ORGANIZATION' })).analyzers).toEqual([]);
    await client.deleteAnalyzer({ analyzerName: 'own' });
    await expect(client.getAnalyzer({ analyzerName: 'own' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  test('a trail says nothing of what has not happened', async () => {
    const client = new CloudTrail(local.settings());
    await new S3({ ...local.settings(), forcePathStyle: true }).createBucket({ Bucket: 'logs' });
    await client.createTrail({ Name: 'trail', S3BucketName: 'logs' });
    expect(await client.getTrailStatus({ Name: 'trail' })).toMatchObject({ IsLogging: false });
    await client.startLogging({ Name: 'trail' });
    const status = await client.getTrailStatus({ Name: 'trail' });
    expect(status).toMatchObject({ IsLogging: true, StartLoggingTime: expect.any(Date) });
    expect(Object.values(status)).not.toContain('');
  });

  test('nobody sends events in AWS’s name', async () => {
    const client = new EventBridge(local.settings());
    const entry = (Source: string) => ({ Source, DetailType: 'x', Detail: '{"a":1}' });
    const answer = await client.putEvents({ Entries: [entry('aws.s3'), entry('mine')] });
    expect(answer).toMatchObject({
      FailedEntryCount: 1,
      Entries: [
        { ErrorCode: 'NotAuthorizedForSourceException' },
        { EventId: expect.stringMatching(/^[\da-f-]{36}$/) },
      ],
    });
  });
});

describe('what only some calls show', () => {
  test.each(['50', '47', 'esp'])('a rule of protocol %s has no ports', async (IpProtocol) => {
    const ec2 = new EC2(local.settings());
    const GroupName = `protocol-${IpProtocol}`;
    const { GroupId = '' } = await ec2.createSecurityGroup({ GroupName, Description: 'any' });
    const IpPermissions = [{ IpProtocol, IpRanges: [{ CidrIp: '10.0.0.0/8' }] }];
    await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions });
    const { SecurityGroups = [] } = await ec2.describeSecurityGroups({ GroupIds: [GroupId] });
    const [rule] = SecurityGroups[0]?.IpPermissions ?? [];
    expect(rule).toMatchObject({ IpProtocol, IpRanges: [{ CidrIp: '10.0.0.0/8' }] });
    expect([rule?.FromPort, rule?.ToPort]).toEqual([undefined, undefined]);
    await ec2.revokeSecurityGroupIngress({ GroupId, IpPermissions });
  });

  test('a database is monitored from its creation', async () => {
    const rds = new RDS(local.settings());
    const MonitoringRoleArn = `arn:aws:iam::${account}:role/monitoring`;
    await rds.createDBInstance({
      DBInstanceIdentifier: 'monitored',
      Engine: 'postgres',
      DBInstanceClass: 'db.t3.micro',
      AllocatedStorage: 20,
      MasterUsername: 'somebody',
      MasterUserPassword: 'a-long-password',
      MonitoringInterval: 60,
      MonitoringRoleArn,
    });
    const { DBInstances } = await rds.describeDBInstances({ DBInstanceIdentifier: 'monitored' });
    expect(DBInstances?.[0]).toMatchObject({ MonitoringInterval: 60, MonitoringRoleArn });
  });
});
