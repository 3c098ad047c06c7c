import { policyOf } from './buckets.ts';

const bucket = 'arn:aws:s3:::example';
const objects = `${bucket}/*`;
const own = '123456789012';
const other = '111122223333';
const organization = 'o-a1b2c3d4e5';

const allow = (Principal: unknown, Action: string | string[], Condition?: object) => ({
  Effect: 'Allow',
  Principal,
  Action,
  Resource: [bucket, objects],
  ...(Condition ? { Condition } : {}),
});
const deny = (Condition: object) => ({ ...allow('*', 's3:*', Condition), Effect: 'Deny' });
const service = (name: string) => ({ Service: `${name}.amazonaws.com` });
const from = (service: string, resource: string) => ({
  StringEquals: { 'aws:SourceAccount': own },
  ArnLike: { 'aws:SourceArn': `arn:aws:${service}:us-east-1:${own}:${resource}` },
});
const distribution = {
  StringEquals: { 'AWS:SourceArn': `arn:aws:cloudfront::${own}:distribution/E1EXAMPLE` },
};
const withoutTls = { Bool: { 'aws:SecureTransport': 'false' } };

// As AWS's guides, its consoles and the CDK write them.
const safeSetups: Readonly<Record<string, readonly object[]>> = {
  'origin access control of CloudFront': [
    allow(service('cloudfront'), ['s3:GetObject', 's3:PutObject'], distribution),
  ],
  'origin access identity of CloudFront': [
    allow(
      { AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE' },
      's3:GetObject',
    ),
  ],
  'origin access identity of CloudFront, by its canonical id': [
    allow({ CanonicalUser: '79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be' }, [
      's3:GetObject',
    ]),
  ],
  'logs of a load balancer, from the account of its region': [
    allow({ AWS: 'arn:aws:iam::127311923021:root' }, 's3:PutObject'),
  ],
  'logs of a load balancer': [
    allow(service('logdelivery.elasticloadbalancing'), 's3:PutObject', {
      StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' },
    }),
  ],
  'logs that a service delivers': [
    allow(service('delivery.logs'), 's3:PutObject', {
      StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control', 'aws:SourceAccount': own },
      ArnLike: { 'aws:SourceArn': `arn:aws:logs:us-east-1:${own}:*` },
    }),
    allow(service('delivery.logs'), ['s3:GetBucketAcl', 's3:ListBucket'], from('logs', '*')),
  ],
  'a trail': [
    allow(service('cloudtrail'), 's3:GetBucketAcl', from('cloudtrail', 'trail/main')),
    allow(service('cloudtrail'), 's3:PutObject', from('cloudtrail', 'trail/main')),
  ],
  'a delivery channel of Config': [
    allow(service('config'), ['s3:GetBucketAcl', 's3:ListBucket'], {
      StringEquals: { 'AWS:SourceAccount': own },
    }),
    allow(service('config'), 's3:PutObject', { StringEquals: { 'AWS:SourceAccount': own } }),
  ],
  'access logs of another bucket': [
    allow(service('logging.s3'), 's3:PutObject', {
      ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::source' },
      StringEquals: { 'aws:SourceAccount': own },
    }),
  ],
  'replication from another account': [
    allow({ AWS: `arn:aws:iam::${other}:role/service-role/replication` }, [
      ...['s3:ReplicateObject', 's3:ReplicateDelete', 's3:ReplicateTags', 's3:List*'],
      ...['s3:ObjectOwnerOverrideToBucketOwner', 's3:GetBucketVersioning'],
      's3:PutBucketVersioning',
    ]),
  ],
  'everybody of one organization reads': [
    allow('*', ['s3:GetObject', 's3:ListBucket'], {
      StringEquals: { 'aws:PrincipalOrgID': organization },
    }),
  ],
  'everybody in a unit of an organization reads and writes': [
    allow({ AWS: '*' }, ['s3:GetObject', 's3:PutObject'], {
      'ForAnyValue:StringLike': {
        'aws:PrincipalOrgPaths': `${organization}/r-ab12/ou-ab12-11111111/*`,
      },
    }),
  ],
  'callers through one VPC endpoint': [
    allow('*', ['s3:GetObject', 's3:PutObject'], {
      StringEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d' },
    }),
    deny({ StringNotEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d' } }),
  ],
  'a data perimeter': [
    allow({ AWS: `arn:aws:iam::${own}:root` }, 's3:*'),
    deny({
      StringNotEqualsIfExists: {
        'aws:PrincipalOrgID': organization,
        'aws:PrincipalAccount': [other],
      },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
    }),
    deny({
      NotIpAddressIfExists: { 'aws:SourceIp': '198.51.100.0/24' },
      StringNotEqualsIfExists: { 'aws:SourceVpc': 'vpc-0a1b2c3d' },
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false', 'aws:ViaAWSService': 'false' },
      ArnNotLikeIfExists: { 'aws:PrincipalArn': `arn:aws:iam::${own}:role/aws-service-role/*` },
    }),
  ],
  'nobody but one role and the root user': [
    {
      ...allow(undefined, 's3:*'),
      Effect: 'Deny',
      NotPrincipal: {
        AWS: [`arn:aws:iam::${own}:root`, `arn:aws:iam::${own}:role/reader`],
      },
    },
  ],
  'nobody but the sessions of one role': [
    deny({ StringNotLike: { 'aws:userId': ['AROAEXAMPLEID12345678:*', own] } }),
  ],
  'a bucket of the CDK that empties itself': [
    { ...deny(withoutTls), Principal: { AWS: '*' } },
    allow({ AWS: `arn:aws:iam::${own}:role/app-CustomS3AutoDeleteObjects-1A2B` }, [
      ...['s3:PutBucketPolicy', 's3:GetBucket*', 's3:List*', 's3:DeleteObject*'],
    ]),
  ],
  'another account reads and writes, granted by the CDK': [
    allow({ AWS: `arn:aws:iam::${other}:root` }, [
      ...['s3:GetObject*', 's3:GetBucket*', 's3:List*', 's3:DeleteObject*', 's3:PutObject'],
      ...['s3:PutObjectLegalHold', 's3:PutObjectRetention', 's3:PutObjectTagging'],
      ...['s3:PutObjectVersionTagging', 's3:Abort*'],
    ]),
  ],
  'access points of the account decide': [
    allow({ AWS: '*' }, '*', { StringEquals: { 's3:DataAccessPointAccount': own } }),
  ],
  'uploads under one KMS key only': [
    {
      ...deny({
        StringNotEquals: {
          's3:x-amz-server-side-encryption-aws-kms-key-id': `arn:aws:kms:us-east-1:${own}:key/a`,
        },
      }),
      Action: 's3:PutObject',
    },
  ],
};

/** Common bucket policies with which nothing is wrong. */
export const safeRows = Object.fromEntries(
  Object.entries(safeSetups).map(([title, statements]) => [
    title,
    { given: { policy: policyOf(...statements) }, verdict: 'PASS' as const },
  ]),
);
