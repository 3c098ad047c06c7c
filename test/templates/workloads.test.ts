import { verdictOf } from './checking.ts';

const template = (resources: string) => `
Parameters: {Open: {Type: String}}
Mappings: {Modes: {dev: {retry: '1'}}}
Resources:
${resources}`;
const of = (type: string, properties = '{}', id = 'It') =>
  `  ${id}: {Type: 'AWS::${type}', Properties: ${properties}}\n`;
const permission = (more: string, to = '!Ref It') =>
  of(
    'Lambda::Permission',
    `{FunctionName: ${to}, Action: 'lambda:InvokeFunction', ${more}}`,
    'Permission',
  );
const fn = of('Lambda::Function', '{Runtime: nodejs24.x}');
const alias = of(
  'Lambda::Alias',
  "{FunctionName: !Ref It, Name: live, FunctionVersion: '1'}",
  'Live',
);
const subnet = (id: string, zone: string) =>
  of('EC2::Subnet', `{VpcId: vpc-1, CidrBlock: 10.0.0.0/24, AvailabilityZone: ${zone}}`, id);
const inSubnets = of('Lambda::Function', '{VpcConfig: {SubnetIds: [!Ref A, !Ref B]}}');
const anybody = "{Statement: [{Effect: Allow, Principal: '*', Action: '*', Resource: '*'}]}";
const open = 'the parameter Open, which has no default';
const zone = (index: number) => `!Select [${index}, !GetAZs '']`;
const trail = (more: string) =>
  of('CloudTrail::Trail', `{IsLogging: true, S3BucketName: !Ref Logs, ${more}}`);
const logs = (properties = '{}') => of('S3::Bucket', properties, 'Logs');
const chain = (alarm: string, pattern = '{$.eventSource = signin.amazonaws.com}') =>
  `${trail(
    "IsMultiRegionTrail: true, CloudWatchLogsLogGroupArn: !GetAtt Group.Arn, CloudWatchLogsRoleArn: 'arn:aws:iam::111122223333:role/logs'",
  )}${of('Logs::LogGroup', '{}', 'Group')}${of(
    'Logs::MetricFilter',
    `{LogGroupName: !Ref Group, FilterPattern: '${pattern}', MetricTransformations: [{MetricName: m, MetricNamespace: n, MetricValue: '1'}]}`,
    'Filter',
  )}${of('CloudWatch::Alarm', `{MetricName: m, Namespace: n, ${alarm}}`, 'Alarm')}${of(
    'SNS::Topic',
    '{Subscription: [{Protocol: email, Endpoint: a@example.com}]}',
    'Topic',
  )}`;
const root =
  '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }';

/** Of an ARN Lambda takes the end alone too. */
it.each([
  '!Ref It',
  '!GetAtt It.Arn',
  "!Sub 'function:${It}'",
  "!Sub '${AWS::AccountId}:${It}'",
  "!Sub '${AWS::AccountId}:function:${It}'",
  "!Sub '${AWS::Region}:${AWS::AccountId}:function:${It}'",
  "!Sub 'arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:${It}'",
  "!Sub '${AWS::AccountId}:${It}:live'",
  '!Ref Live',
])('a permission of a function that is named by %s is its own, and of no other', async (to) => {
  const resources = template(fn + alias + permission("Principal: '*'", to));
  expect(await verdictOf(resources, 'Lambda.1', 'It')).toBe('FAIL');
  expect(await verdictOf(resources, 'Lambda.1', 'Permission')).toBe('0 verdicts');
});
it('a permission of a function of another account is of another one', async () => {
  const resources = template(fn + permission("Principal: '*'", "!Sub '444455556666:${It}'"));
  expect(await verdictOf(resources, 'Lambda.1', 'It')).toBe('PASS');
  expect(await verdictOf(resources, 'Lambda.1', 'Permission')).toBe('FAIL');
});

describe('what templates declare of', () => {
  it.each<[name: string, resources: string, control: string, verdict: string, of?: string]>([
    ['a function without a permission', fn, 'Lambda.1', 'PASS'],
    ['a function that anybody invokes', fn + permission("Principal: '*'"), 'Lambda.1', 'FAIL'],
    [
      'one that anybody of an organization invokes',
      fn + permission("Principal: '*', PrincipalOrgID: o-1234567890"),
      'Lambda.1',
      'PASS',
    ],
    [
      'one that a service invokes',
      fn +
        permission(
          "Principal: !Sub 'sns.${AWS::URLSuffix}', SourceArn: 'arn:aws:sns:eu-central-1:111122223333:a'",
        ),
      'Lambda.1',
      'PASS',
    ],
    [
      'one that S3 invokes for whoever has the bucket',
      fn + permission("Principal: s3.amazonaws.com, SourceArn: 'arn:aws:s3:::a'"),
      'Lambda.1',
      'FAIL',
    ],
    [
      'one that another account invokes',
      fn + permission("Principal: '999999999999'"),
      'PL.POLICY.1',
      'FAIL',
    ],
    [
      'one that who knows invokes',
      fn + permission('Principal: !Ref Open'),
      'Lambda.1',
      `UNKNOWN it depends on ${open}`,
    ],
    [
      'an alias that anybody invokes',
      fn + alias + permission("Principal: '*'", '!Ref Live'),
      'Lambda.1',
      'FAIL',
    ],
    [
      'an alias by the ARN of its function',
      fn + alias + permission("Principal: '*'", "!Sub '${It.Arn}:live'"),
      'Lambda.1',
      'FAIL',
    ],
    [
      'a version of the template',
      fn +
        of('Lambda::Version', '{FunctionName: !Ref It}', 'First') +
        permission("Principal: '*'", '!Ref First'),
      'Lambda.1',
      'FAIL',
    ],
    [
      'an alias beside another of its name',
      fn + alias + alias.replace('Live', 'Again') + permission("Principal: '*'", '!Ref Again'),
      'Lambda.1',
      'FAIL',
    ],
    ['two aliases of one name', fn + alias + alias.replace('Live', 'Again'), 'Lambda.1', 'PASS'],
    ['a version', fn + permission("Principal: '*'", "!Sub '${It}:7'"), 'Lambda.1', 'FAIL'],
    [
      'a function of another stack',
      permission("Principal: '*'", '!Ref Open'),
      'Lambda.1',
      'FAIL',
      'Permission',
    ],
    [
      'a function of another stack that is not open here',
      permission('Principal: sns.amazonaws.com', '!Ref Open'),
      'Lambda.1',
      '0 verdicts',
      'Permission',
    ],
    [
      'a URL that asks nobody',
      fn + of('Lambda::Url', '{TargetFunctionArn: !GetAtt It.Arn, AuthType: NONE}', 'Url'),
      'PL.LAMBDA.1',
      'FAIL',
    ],
    [
      'a URL that asks',
      fn + of('Lambda::Url', '{TargetFunctionArn: !Ref It, AuthType: AWS_IAM}', 'Url'),
      'PL.LAMBDA.1',
      'PASS',
    ],
    [
      'the URL of an alias',
      fn +
        alias +
        of('Lambda::Url', '{TargetFunctionArn: !Ref It, Qualifier: live, AuthType: NONE}', 'Url'),
      'PL.LAMBDA.1',
      'FAIL',
    ],
    [
      'the URL of an alias that another deployment made',
      fn +
        of('Lambda::Url', '{TargetFunctionArn: !Ref It, Qualifier: other, AuthType: NONE}', 'Url'),
      'PL.LAMBDA.1',
      'FAIL',
    ],
    [
      'a URL that asks, beside that of an alias that another deployment made',
      fn +
        of('Lambda::Url', '{TargetFunctionArn: !Ref It, AuthType: AWS_IAM}', 'Url') +
        of('Lambda::Url', '{TargetFunctionArn: !Ref It, Qualifier: other, AuthType: NONE}', 'Open'),
      'PL.LAMBDA.1',
      'FAIL',
    ],
    [
      'two that ask',
      fn +
        of('Lambda::Url', '{TargetFunctionArn: !Ref It, AuthType: AWS_IAM}', 'Url') +
        of('Lambda::Url', '{TargetFunctionArn: !Ref It, Qualifier: a, AuthType: AWS_IAM}', 'A'),
      'PL.LAMBDA.1',
      'PASS',
    ],
    [
      'the URL of an alias of a function that is elsewhere',
      of('Lambda::Url', '{TargetFunctionArn: other, Qualifier: live, AuthType: NONE}', 'Url'),
      'PL.LAMBDA.1',
      'FAIL',
      'Url',
    ],
    ['a function without a URL', fn, 'PL.LAMBDA.1', 'NOT_APPLICABLE'],
    [
      'a layer that the template makes, beside one of AWS',
      of(
        'Lambda::Function',
        '{Layers: [!Ref Layer, "arn:aws:lambda:us-east-1:017000801446:layer:a:1"]}',
      ) + of('Lambda::LayerVersion', '{Content: {S3Bucket: a, S3Key: b}}', 'Layer'),
      'PL.LAMBDA.2',
      'PASS',
    ],
    [
      'a layer of another account',
      of('Lambda::Function', '{Layers: ["arn:aws:lambda:us-east-1:444455556666:layer:a:1"]}'),
      'PL.LAMBDA.2',
      'FAIL',
    ],
    [
      'a layer that who knows names',
      of('Lambda::Function', '{Layers: [!Ref Open]}'),
      'PL.LAMBDA.2',
      'UNKNOWN layers is not known: the parameter Open, which has no default',
    ],
    ['no layer', fn, 'PL.LAMBDA.2', 'NOT_APPLICABLE'],
    ['a runtime of long ago', of('Lambda::Function', '{Runtime: python2.7}'), 'Lambda.2', 'FAIL'],
    ['an image', of('Lambda::Function', '{PackageType: Image}'), 'Lambda.2', 'NOT_APPLICABLE'],
    ['two zones', inSubnets + subnet('A', zone(0)) + subnet('B', zone(1)), 'Lambda.5', 'PASS'],
    ['one zone', inSubnets + subnet('A', zone(0)) + subnet('B', zone(0)), 'Lambda.5', 'FAIL'],
    [
      'a zone that is open',
      inSubnets + subnet('A', zone(0)) + subnet('B', '!Ref Open'),
      'Lambda.5',
      `UNKNOWN zones is not known: ${open}`,
    ],
    [
      'a repository that scans',
      of('ECR::Repository', '{ImageScanningConfiguration: {ScanOnPush: true}}'),
      'ECR.1',
      'PASS',
    ],
    ['one that does not', of('ECR::Repository'), 'ECR.1', 'FAIL'],
    [
      'one that the registry scans',
      of('ECR::Repository', '{RepositoryName: team/app}') +
        of(
          'ECR::RegistryScanningConfiguration',
          "{ScanType: ENHANCED, Rules: [{ScanFrequency: CONTINUOUS_SCAN, RepositoryFilters: [{Filter: 'team/*', FilterType: WILDCARD}]}]}",
          'Scanning',
        ),
      'ECR.1',
      'PASS',
    ],
    ['tags that move', of('ECR::Repository'), 'ECR.2', 'FAIL'],
    ['tags that stay', of('ECR::Repository', '{ImageTagMutability: IMMUTABLE}'), 'ECR.2', 'PASS'],
    ['no lifecycle', of('ECR::Repository'), 'ECR.3', 'FAIL'],
    [
      'a repository that anybody writes to',
      of('ECR::Repository', `{RepositoryPolicyText: ${anybody}}`),
      'PL.POLICY.3',
      'FAIL',
    ],
    [
      'a replica of a key that anybody uses',
      of('KMS::ReplicaKey', `{PrimaryKeyArn: a, KeyPolicy: ${anybody}}`),
      'KMS.5',
      'FAIL',
    ],
    ['its rotation, which the primary has', of('KMS::ReplicaKey'), 'KMS.4', '0 verdicts'],
    ['the rotation of a key', of('KMS::Key'), 'KMS.4', 'FAIL'],
    [
      'the rotation of a key that signs, without a spec',
      of('KMS::Key', '{KeyUsage: SIGN_VERIFY}'),
      'KMS.4',
      'NOT_APPLICABLE',
    ],
    ['a secret that stays', of('SecretsManager::Secret'), 'SecretsManager.1', 'FAIL'],
    [
      'a secret that rotates',
      of('SecretsManager::Secret') +
        of('SecretsManager::RotationSchedule', '{SecretId: !Ref It}', 'Schedule'),
      'SecretsManager.1',
      'PASS',
    ],
    [
      'one that rotates by its attachment',
      of('SecretsManager::Secret') +
        of(
          'SecretsManager::SecretTargetAttachment',
          "{SecretId: !Ref It, TargetId: db, TargetType: 'AWS::RDS::DBInstance'}",
          'Attachment',
        ) +
        of('SecretsManager::RotationSchedule', '{SecretId: !Ref Attachment}', 'Schedule'),
      'SecretsManager.1',
      'PASS',
    ],
    [
      'a secret that anybody reads',
      of('SecretsManager::Secret') +
        of(
          'SecretsManager::ResourcePolicy',
          `{SecretId: !Ref It, ResourcePolicy: ${anybody}}`,
          'Policy',
        ),
      'PL.POLICY.3',
      'FAIL',
    ],
    [
      'a policy of a secret of another stack',
      of(
        'SecretsManager::ResourcePolicy',
        `{SecretId: !Ref Open, ResourcePolicy: ${anybody}}`,
        'Policy',
      ),
      'PL.POLICY.3',
      'FAIL',
      'Policy',
    ],
    [
      'the rotation of such a secret',
      of(
        'SecretsManager::ResourcePolicy',
        `{SecretId: !Ref Open, ResourcePolicy: ${anybody}}`,
        'Policy',
      ),
      'SecretsManager.1',
      '0 verdicts',
      'Policy',
    ],
    [
      'a launch template',
      of('EC2::LaunchTemplate', '{LaunchTemplateData: {MetadataOptions: {HttpTokens: required}}}'),
      'EC2.170',
      'PASS',
    ],
    [
      'one that says nothing',
      of('EC2::LaunchTemplate', '{LaunchTemplateData: {}}'),
      'EC2.170',
      'FAIL',
    ],
    [
      'one with public addresses',
      of(
        'EC2::LaunchTemplate',
        '{LaunchTemplateData: {NetworkInterfaces: [{AssociatePublicIpAddress: true}]}}',
      ),
      'EC2.25',
      'FAIL',
    ],
    [
      'an instance with two interfaces, of which AWS gives none an address',
      of(
        'EC2::Instance',
        '{NetworkInterfaces: [{DeviceIndex: 0, SubnetId: !Ref Open}, {DeviceIndex: 1, SubnetId: !Ref Open}]}',
      ),
      'EC2.9',
      'PASS',
    ],
    [
      'an instance with two interfaces that are there already',
      of(
        'EC2::Instance',
        '{NetworkInterfaces: [{DeviceIndex: 0, NetworkInterfaceId: !Ref Open}, {DeviceIndex: 1, NetworkInterfaceId: !Ref Open}]}',
      ),
      'EC2.9',
      'UNKNOWN it depends on the subnet, which decides whether an instance gets a public address',
    ],
    [
      'an instance with one interface',
      of('EC2::Instance', '{NetworkInterfaces: [{DeviceIndex: 0, SubnetId: !Ref Open}]}'),
      'EC2.9',
      'UNKNOWN it depends on the subnet, which decides whether an instance gets a public address',
    ],
    [
      'a trail of one region',
      trail('EnableLogFileValidation: true') + logs(),
      'CloudTrail.1',
      'FAIL',
    ],
    ['a trail of every region', trail('IsMultiRegionTrail: true') + logs(), 'CloudTrail.1', 'PASS'],
    [
      'a trail of writes alone',
      trail('IsMultiRegionTrail: true, EventSelectors: [{ReadWriteType: WriteOnly}]') + logs(),
      'CloudTrail.1',
      'FAIL',
    ],
    ['a trail without digests', trail('KMSKeyId: !Ref Open') + logs(), 'CloudTrail.4', 'FAIL'],
    ['a trail with a key', trail('KMSKeyId: !Ref Open') + logs(), 'CloudTrail.2', 'PASS'],
    [
      'a trail in a bucket that logs nothing',
      trail('KMSKeyId: a') + logs(),
      'CloudTrail.7',
      'FAIL',
    ],
    [
      'a trail in a public bucket',
      trail('KMSKeyId: a') + logs('{AccessControl: PublicRead}'),
      'CloudTrail.6',
      'FAIL',
    ],
    [
      'a trail whose logs are gone in a day',
      trail('KMSKeyId: a') +
        logs('{LifecycleConfiguration: {Rules: [{Status: Enabled, ExpirationInDays: 1}]}}'),
      'PL.CLOUDTRAIL.1',
      'FAIL',
    ],
    [
      'a trail whose logs are gone in a day, by what they are filed under',
      trail('KMSKeyId: a, S3KeyPrefix: audit') +
        logs(
          '{LifecycleConfiguration: {Rules: [{Status: Enabled, Prefix: audit/AWSLogs/, ExpirationInDays: 1}]}}',
        ),
      'PL.CLOUDTRAIL.1',
      'FAIL',
    ],
    [
      'a trail whose logs are gone in a day, and locked for a month',
      trail('KMSKeyId: a') +
        logs(
          '{ObjectLockEnabled: true, ObjectLockConfiguration: {ObjectLockEnabled: Enabled, Rule: {DefaultRetention: {Mode: COMPLIANCE, Days: 30}}}, LifecycleConfiguration: {Rules: [{Status: Enabled, ExpirationInDays: 1, NoncurrentVersionExpiration: {NoncurrentDays: 1}}]}}',
        ),
      'PL.CLOUDTRAIL.1',
      'PASS',
    ],
    [
      'a trail whose logs are gone in a day, and locked for a day',
      trail('KMSKeyId: a') +
        logs(
          '{ObjectLockEnabled: true, ObjectLockConfiguration: {ObjectLockEnabled: Enabled, Rule: {DefaultRetention: {Mode: COMPLIANCE, Days: 1}}}, LifecycleConfiguration: {Rules: [{Status: Enabled, ExpirationInDays: 1, NoncurrentVersionExpiration: {NoncurrentDays: 1}}]}}',
        ),
      'PL.CLOUDTRAIL.1',
      'FAIL',
    ],
    [
      'a trail beside other logs that are gone in a day',
      trail('KMSKeyId: a') +
        logs(
          '{LifecycleConfiguration: {Rules: [{Status: Enabled, Prefix: requests/, ExpirationInDays: 1}, {Status: Enabled, TagFilters: [{Key: a, Value: b}], ExpirationInDays: 1}]}}',
        ),
      'PL.CLOUDTRAIL.1',
      'PASS',
    ],
    [
      'a trail in a bucket of another stack',
      of('CloudTrail::Trail', '{IsLogging: true, S3BucketName: !Ref Open}'),
      'CloudTrail.7',
      'UNKNOWN bucketLogging is not known: a bucket that is not in the template',
    ],
    [
      'a filter whose alarm tells somebody',
      chain('AlarmActions: [!Ref Topic]', root),
      'CloudWatch.1',
      '0 verdicts',
      'Filter',
    ],
    [
      'a filter whose alarm tells nobody',
      chain('AlarmActions: []', root),
      'CloudWatch.1',
      'FAIL',
      'Filter',
    ],
    [
      'a filter that is about something else',
      chain('AlarmActions: []'),
      'CloudWatch.1',
      '0 verdicts',
      'Filter',
    ],
    [
      'a recorder of some types',
      of(
        'Config::ConfigurationRecorder',
        "{RoleARN: a, RecordingGroup: {ResourceTypes: ['AWS::S3::Bucket']}}",
      ) + of('Config::DeliveryChannel', '{S3BucketName: a}', 'Channel'),
      'Config.1',
      'FAIL',
    ],
    [
      'a recorder of everything',
      of(
        'Config::ConfigurationRecorder',
        "{RoleARN: 'arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig', RecordingGroup: {AllSupported: true, IncludeGlobalResourceTypes: true}}",
      ) + of('Config::DeliveryChannel', '{S3BucketName: a}', 'Channel'),
      'Config.1',
      'PASS',
    ],
    [
      'a recorder that leaves something out',
      of(
        'Config::ConfigurationRecorder',
        "{RoleARN: 'arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig', RecordingGroup: {RecordingStrategy: {UseOnly: EXCLUSION_BY_RESOURCE_TYPES}, ExclusionByResourceTypes: {ResourceTypes: ['AWS::EC2::Volume']}}}",
      ) + of('Config::DeliveryChannel', '{S3BucketName: a}', 'Channel'),
      'Config.1',
      'FAIL',
    ],
    ['an analyzer', of('AccessAnalyzer::Analyzer', '{Type: ACCOUNT}'), 'IAM.28', 'PASS'],
    [
      'a block of snapshots',
      of('EC2::SnapshotBlockPublicAccess', '{State: block-all-sharing}'),
      'EC2.182',
      'PASS',
    ],
    [
      'a block of gateways that is off',
      of('EC2::VPCBlockPublicAccessOptions', "{InternetGatewayBlockMode: 'off'}"),
      'EC2.172',
      'FAIL',
    ],
    [
      'a rule of a group of another stack, by its name',
      of(
        'EC2::SecurityGroupIngress',
        '{GroupName: web, IpProtocol: tcp, FromPort: 22, ToPort: 22, CidrIp: 0.0.0.0/0}',
      ),
      'EC2.13',
      'FAIL',
    ],
    [
      'a mapping with a default',
      of(
        'RDS::DBInstance',
        "{Engine: mysql, BackupRetentionPeriod: !FindInMap [Modes, prod, days, {DefaultValue: '30'}]}",
      ),
      'RDS.11',
      'PASS',
    ],
  ])('%s', async (_, resources, control, verdict, of = 'It') => {
    expect(await verdictOf(template(resources), control, of)).toBe(verdict);
  });
  it('a SAM function: its URL, and a policy whose keys are in lower case', async () => {
    const text = `
Transform: AWS::Serverless-2016-10-31
Resources:
  It:
    Type: AWS::Serverless::Function
    Properties:
      FunctionUrlConfig: {AuthType: NONE}
      Policies: [{version: '2012-10-17', statement: [{effect: Allow, action: '*', resource: '*'}]}]
`;
    expect(await verdictOf(text, 'PL.LAMBDA.1', 'It')).toBe('FAIL');
    expect(await verdictOf(text, 'PL.IAM.3', 'ItRole')).toBe('FAIL');
  });
});

describe('a trail', () => {
  it.each([
    ['CloudTrail.6', 'bucketAccess'],
    ['CloudTrail.7', 'bucketLogging'],
    ['PL.CLOUDTRAIL.1', 'bucketLifecycle'],
  ])('says of its bucket what it does not know, by %s', async (control, facet) => {
    const into = (bucket: string) => template(trail('').replace('!Ref Logs', bucket));
    expect(await verdictOf(into('logs-elsewhere'), control, 'It')).toBe(
      `UNKNOWN ${facet} is not known: a bucket that is not in the template`,
    );
    expect(await verdictOf(into("''"), control, 'It')).toBe('UNKNOWN the trail names no bucket');
  });
});
