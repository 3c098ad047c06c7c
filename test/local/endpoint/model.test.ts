import type { DecodedCall, RawCall } from '../../../lib/local/endpoint/call.ts';
import { decode } from '../../../lib/local/endpoint/decode.ts';

const signed = (service: string, region = 'us-east-1') => ({
  authorization: `AWS4-HMAC-SHA256 Credential=AKIAALICE/20261121/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
  host: '127.0.0.1:4566',
  'user-agent': 'aws-cli/2.0',
});
const request = (
  service: string,
  method: string,
  path: string,
  body = '',
  headers: Record<string, string> = {},
): RawCall => ({
  method,
  path,
  headers: { ...signed(service), ...headers },
  body: Buffer.from(body),
});
const form = (service: string, body: string) =>
  request(service, 'POST', '/', body, {
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
  });
const json = (service: string, target: string, body: object) =>
  request(service, 'POST', '/', JSON.stringify(body), { 'x-amz-target': target });

type Expected = readonly [DecodedCall['service'], string, DecodedCall['input']];
const cases: Readonly<Record<string, readonly [RawCall, Expected]>> = {
  'S3: create a bucket': [
    request('s3', 'PUT', '/site', '', { 'x-amz-object-ownership': 'ObjectWriter' }),
    ['s3', 'CreateBucket', { Bucket: 'site', ObjectOwnership: 'ObjectWriter' }],
  ],
  'S3: a subresource and an XML body': [
    request(
      's3',
      'PUT',
      '/site?publicAccessBlock',
      '<PublicAccessBlockConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><BlockPublicAcls>false</BlockPublicAcls><RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>',
    ),
    [
      's3',
      'PutPublicAccessBlock',
      {
        Bucket: 'site',
        PublicAccessBlockConfiguration: { BlockPublicAcls: false, RestrictPublicBuckets: true },
      },
    ],
  ],
  'S3: a text as body': [
    request('s3', 'PUT', '/site?policy', '{"Statement":[]}'),
    ['s3', 'PutBucketPolicy', { Bucket: 'site', Policy: '{"Statement":[]}' }],
  ],
  'S3: the status of a policy is not the policy': [
    request('s3', 'GET', '/site?policyStatus'),
    ['s3', 'GetBucketPolicyStatus', { Bucket: 'site' }],
  ],
  'S3: the bucket in the host name': [
    request('s3', 'DELETE', '/?encryption', '', { host: 'my.site.s3.us-east-1.amazonaws.com' }),
    ['s3', 'DeleteBucketEncryption', { Bucket: 'my.site' }],
  ],
  'S3: the bucket before localhost': [
    request('s3', 'PUT', '/?acl', '', { host: 'site.localhost:4566', 'x-amz-acl': 'public-read' }),
    ['s3', 'PutBucketAcl', { Bucket: 'site', ACL: 'public-read' }],
  ],
  'S3 Control: what stands behind a name that takes the rest of a path': [
    request('s3', 'GET', '/v20180820/mrap/instances/partners/policy', '', {
      'x-amz-account-id': '123456789012',
    }),
    [
      's3control',
      'GetMultiRegionAccessPointPolicy',
      { AccountId: '123456789012', Name: 'partners' },
    ],
  ],
  'S3 Control: a name that takes the rest of a path': [
    request('s3', 'GET', '/v20180820/mrap/instances/partners', '', {
      'x-amz-account-id': '123456789012',
    }),
    ['s3control', 'GetMultiRegionAccessPoint', { AccountId: '123456789012', Name: 'partners' }],
  ],
  'S3: no bucket': [request('s3', 'GET', '/'), ['s3', 'ListBuckets', {}]],
  'S3: a listing of either version': [
    request('s3', 'GET', '/site?list-type=2&max-keys=3&prefix=a%2Fb'),
    ['s3', 'ListObjectsV2', { Bucket: 'site', MaxKeys: 3, Prefix: 'a/b' }],
  ],
  'S3: an object whose name has slashes and signs': [
    request('s3', 'DELETE', '/site/a/b%20%2Bc?versionId=7'),
    ['s3', 'DeleteObject', { Bucket: 'site', Key: 'a/b +c', VersionId: '7' }],
  ],
  'S3: a part is no object': [
    request('s3', 'PUT', '/site/film?partNumber=2&uploadId=u1', 'bytes'),
    ['s3', 'UploadPart', { Bucket: 'site', Key: 'film', PartNumber: 2, UploadId: 'u1' }],
  ],
  'S3: a copy is told by its header': [
    request('s3', 'PUT', '/site/film', '', { 'x-amz-copy-source': 'other/film' }),
    ['s3', 'CopyObject', { Bucket: 'site', Key: 'film', CopySource: 'other/film' }],
  ],
  'S3: an object is stored, with the id that newer SDKs send': [
    request('s3', 'PUT', '/site/film?x-id=PutObject', 'bytes'),
    ['s3', 'PutObject', { Bucket: 'site', Key: 'film' }],
  ],
  'S3: flattened lists and numbers': [
    request(
      's3',
      'PUT',
      '/site?lifecycle',
      '<LifecycleConfiguration><Rule><ID>a</ID><Status>Enabled</Status><Expiration><Days>3</Days></Expiration></Rule><Rule><ID>b</ID><Status>Disabled</Status></Rule></LifecycleConfiguration>',
    ),
    [
      's3',
      'PutBucketLifecycleConfiguration',
      {
        Bucket: 'site',
        LifecycleConfiguration: {
          Rules: [
            { ID: 'a', Status: 'Enabled', Expiration: { Days: 3 } },
            { ID: 'b', Status: 'Disabled' },
          ],
        },
      },
    ],
  ],
  'S3 Control: the account in a header': [
    request('s3', 'DELETE', '/v20180820/configuration/publicAccessBlock', '', {
      'x-amz-account-id': '123456789012',
    }),
    ['s3control', 'DeletePublicAccessBlock', { AccountId: '123456789012' }],
  ],
  'EC2: a rule in the short form': [
    form(
      'ec2',
      'Action=AuthorizeSecurityGroupIngress&Version=2016-11-15&GroupId=sg-1&IpProtocol=tcp&FromPort=22&ToPort=22&CidrIp=0.0.0.0%2F0',
    ),
    [
      'ec2',
      'AuthorizeSecurityGroupIngress',
      { GroupId: 'sg-1', IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' },
    ],
  ],
  'EC2: rules in the long form': [
    form(
      'ec2',
      'Action=AuthorizeSecurityGroupIngress&Version=2016-11-15&GroupId=sg-1&IpPermissions.1.IpProtocol=tcp&IpPermissions.1.FromPort=22&IpPermissions.1.ToPort=22&IpPermissions.1.IpRanges.1.CidrIp=10.0.0.0%2F8&IpPermissions.1.IpRanges.2.CidrIp=0.0.0.0%2F0&IpPermissions.2.IpProtocol=-1&IpPermissions.2.Groups.1.GroupId=sg-2',
    ),
    [
      'ec2',
      'AuthorizeSecurityGroupIngress',
      {
        GroupId: 'sg-1',
        IpPermissions: [
          {
            IpProtocol: 'tcp',
            FromPort: 22,
            ToPort: 22,
            IpRanges: [{ CidrIp: '10.0.0.0/8' }, { CidrIp: '0.0.0.0/0' }],
          },
          { IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: 'sg-2' }] },
        ],
      },
    ],
  ],
  'EC2: more than nine items, in order': [
    form(
      'ec2',
      `Action=DescribeInstances&${Array.from({ length: 11 }, (_, at) => `InstanceId.${at + 1}=i-${at + 1}`).join('&')}`,
    ),
    [
      'ec2',
      'DescribeInstances',
      { InstanceIds: Array.from({ length: 11 }, (_, at) => `i-${at + 1}`) },
    ],
  ],
  'IAM: members of lists and maps of tags': [
    form(
      'iam',
      'Action=CreateUser&Version=2010-05-08&UserName=bob&Tags.member.1.Key=team&Tags.member.1.Value=a%2Bb',
    ),
    ['iam', 'CreateUser', { UserName: 'bob', Tags: [{ Key: 'team', Value: 'a+b' }] }],
  ],
  'IAM: parameters in the query string': [
    request('iam', 'GET', '/?Action=GetUser&Version=2010-05-08&UserName=bob'),
    ['iam', 'GetUser', { UserName: 'bob' }],
  ],
  'RDS: named list items, booleans, an empty list': [
    form(
      'rds',
      'Action=ModifyDBInstance&DBInstanceIdentifier=db&PubliclyAccessible=false&BackupRetentionPeriod=7&VpcSecurityGroupIds.VpcSecurityGroupId.1=sg-1&DBSecurityGroups=',
    ),
    [
      'rds',
      'ModifyDBInstance',
      {
        DBInstanceIdentifier: 'db',
        PubliclyAccessible: false,
        BackupRetentionPeriod: 7,
        VpcSecurityGroupIds: ['sg-1'],
        DBSecurityGroups: [],
      },
    ],
  ],
  'STS: signed in another region': [
    { ...form('sts', 'Action=GetCallerIdentity'), headers: signed('sts', 'eu-west-1') },
    ['sts', 'GetCallerIdentity', {}],
  ],
  'STS: a web identity, unsigned': [
    {
      ...form('sts', 'Action=AssumeRoleWithWebIdentity&RoleSessionName=s'),
      headers: { host: '127.0.0.1' },
    },
    ['sts', 'AssumeRoleWithWebIdentity', { RoleSessionName: 's' }],
  ],
  'SQS: JSON': [
    json('sqs', 'AmazonSQS.SendMessage', { QueueUrl: 'u', MessageBody: 'm', DelaySeconds: 5 }),
    ['sqs', 'SendMessage', { QueueUrl: 'u', MessageBody: 'm', DelaySeconds: 5 }],
  ],
  'DynamoDB: JSON with a blob': [
    json('dynamodb', 'DynamoDB_20120810.PutItem', { TableName: 't', Item: { b: { B: 'AQI=' } } }),
    ['dynamodb', 'PutItem', { TableName: 't', Item: { b: { B: new Uint8Array([1, 2]) } } }],
  ],
  'Config: JSON with a time, under another signing name': [
    json('config', 'StarlingDoveService.PutEvaluations', {
      ResultToken: 't',
      Evaluations: [{ ComplianceType: 'COMPLIANT', OrderingTimestamp: 1_700_000_000 }],
    }),
    [
      'config',
      'PutEvaluations',
      {
        ResultToken: 't',
        Evaluations: [
          { ComplianceType: 'COMPLIANT', OrderingTimestamp: new Date(1_700_000_000_000) },
        ],
      },
    ],
  ],
  'Security Hub: REST with a JSON body': [
    request('securityhub', 'POST', '/findings', '{"MaxResults":5}'),
    ['securityhub', 'GetFindings', { MaxResults: 5 }],
  ],
  'Access Analyzer: a query parameter, under another signing name': [
    request('access-analyzer', 'GET', '/analyzer?type=ACCOUNT&maxResults=9'),
    ['accessanalyzer', 'ListAnalyzers', { type: 'ACCOUNT', maxResults: 9 }],
  ],
  'Lambda: a label that is an encoded ARN': [
    request('lambda', 'GET', '/2017-03-31/tags/arn%3Aaws%3Alambda%3Aus-east-1%3A1%3Afunction%3Af'),
    ['lambda', 'ListTags', { Resource: 'arn:aws:lambda:us-east-1:1:function:f' }],
  ],
  'Lambda: a slash at the end': [
    request('lambda', 'GET', '/2015-03-31/functions/'),
    ['lambda', 'ListFunctions', {}],
  ],
};

describe('a request is known by the schemas of the SDK', () => {
  test.each(Object.entries(cases))('%s', async (_, [raw, [service, operation, input]]) => {
    const call = await decode(raw, '127.0.0.1');
    expect(call).toMatchObject({ service, operation });
    expect(call?.input).toEqual(expect.objectContaining(input));
  });

  test('who calls, from where, with what', async () => {
    const presigned = `/site/film?X-Amz-Credential=${encodeURIComponent('AKIABOB/20261121/eu-west-1/s3/aws4_request')}`;
    const call = await decode(
      { method: 'GET', path: presigned, headers: { host: 'x' }, body: Buffer.alloc(0) },
      '10.0.0.9',
    );
    expect(call).toMatchObject({
      accessKeyId: 'AKIABOB',
      region: 'eu-west-1',
      sourceIp: '10.0.0.9',
      userAgent: '-',
      readOnly: true,
    });
  });

  test.each([
    ['a service without a schema', form('ses', 'Action=ListIdentities')],
    ['an operation without a schema', form('iam', 'Action=MakeCoffee')],
    ['a path without a schema', request('securityhub', 'GET', '/coffee')],
    [
      'an unsigned JSON call',
      {
        ...json('sqs', 'AmazonSSM.DescribeParameters', {}),
        headers: { 'x-amz-target': 'AmazonSSM.DescribeParameters' },
      },
    ],
  ])('%s is not decoded', async (_, raw) => {
    expect(await decode(raw, '127.0.0.1')).toBeUndefined();
  });

  test('a known service is decoded in well under a millisecond', async () => {
    const [raw] = cases['EC2: rules in the long form'] ?? [];
    if (!raw) throw new Error('no such case');
    await decode(raw, '127.0.0.1');
    const start = performance.now();
    for (let n = 0; n < 200; n += 1) await decode(raw, '127.0.0.1');
    expect((performance.now() - start) / 200).toBeLessThan(2);
  });
});
