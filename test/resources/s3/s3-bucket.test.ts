import type { S3 } from '@aws-sdk/client-s3';
import { createReader } from '../../../lib/aws/reader.ts';
import type { Reader } from '../../../lib/model/resource-type.ts';
import { s3Bucket } from '../../../lib/resources/s3/s3-bucket.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(s3Bucket, {
  'accountPublicAccessBlock: present': 'in account.test.ts',
  'encryption: absent': 'AWS, and the local AWS after it, encrypts every bucket',
});

type Facet = keyof typeof s3Bucket.facets;
const facetNames = Object.keys(s3Bucket.facets);
const aws = awsForTests();
/** What plans alone read; the evaluator may, where a control is planned. */
const forPlans = ['website', 'replication', 'accessPoints', 'namedLogTarget'];
/** What is read of the account, of another bucket, or in a listing. */
const asksOthers = ['accountPublicAccessBlock', 'accessPoints', 'namedLogTarget'];
const readerOf = (facets: readonly string[]) =>
  facets.some((facet) => forPlans.includes(facet))
    ? createReader({ account: accountId, region, clients: aws.clients() })
    : aws.reader();
const read = async (id: string, ...facets: string[]) => {
  const settings = { logBucket: 's3-tests-logs' };
  const reading = await readerOf(facets).read(s3Bucket, refOf(id), facets, settings);
  return reading.gone ? 'gone' : reading.facets;
};
const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: {
    Effect: 'Allow',
    Principal: { AWS: accountId },
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::s3-tests-full/*',
  },
});
const copies = 'arn:aws:s3:::s3-tests-copies';
const allUsers = 'http://acs.amazonaws.com/groups/global/AllUsers';
const blocks = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: false,
  RestrictPublicBuckets: false,
};

const fill = async (s3: S3) => {
  const Bucket = 's3-tests-full';
  await s3.createBucket({
    ...{ Bucket, ObjectOwnership: 'ObjectWriter', ObjectLockEnabledForBucket: true },
  });
  await s3.putObjectLockConfiguration({
    Bucket,
    ObjectLockConfiguration: {
      ObjectLockEnabled: 'Enabled',
      Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 30 } },
    },
  });
  await s3.putBucketOwnershipControls({
    Bucket,
    OwnershipControls: { Rules: [{ ObjectOwnership: 'ObjectWriter' }] },
  });
  await s3.deletePublicAccessBlock({ Bucket });
  await s3.putBucketAcl({ Bucket, ACL: 'public-read' });
  await s3.putBucketPolicy({ Bucket, Policy: policy });
  await s3.putPublicAccessBlock({ Bucket, PublicAccessBlockConfiguration: blocks });
  await s3.putBucketEncryption({
    Bucket,
    ServerSideEncryptionConfiguration: {
      Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
    },
  });
  await s3.putBucketVersioning({ Bucket, VersioningConfiguration: { Status: 'Enabled' } });
  await s3.putBucketLifecycleConfiguration({
    Bucket,
    LifecycleConfiguration: {
      Rules: [
        { ID: 'old', Status: 'Enabled', Filter: { Prefix: 'logs/' }, Expiration: { Days: 30 } },
      ],
    },
  });
  const sns = await aws.clients()('sns');
  const { TopicArn } = await sns.createTopic({ Name: 's3-tests-changes' });
  await s3.putBucketNotificationConfiguration({
    Bucket,
    NotificationConfiguration: {
      TopicConfigurations: [{ TopicArn, Events: ['s3:ObjectCreated:*'] }],
    },
  });
  await s3.putBucketWebsite({
    Bucket,
    WebsiteConfiguration: { IndexDocument: { Suffix: 'index.html' } },
  });
  await s3.createBucket({ Bucket: 's3-tests-copies' });
  await s3.putBucketVersioning({
    Bucket: 's3-tests-copies',
    VersioningConfiguration: { Status: 'Enabled' },
  });
  await s3.putBucketReplication({
    Bucket,
    ReplicationConfiguration: {
      Role: `arn:aws:iam::${accountId}:role/replication`,
      Rules: [{ Status: 'Enabled', Prefix: '', Destination: { Bucket: copies } }],
    },
  });
  const control = await aws.clients()('s3control');
  for (const [Name, restricts] of [
    ['s3-tests-closed', true],
    ['s3-tests-open', false],
  ] as const)
    await control.createAccessPoint({
      AccountId: accountId,
      Bucket,
      Name,
      PublicAccessBlockConfiguration: { RestrictPublicBuckets: restricts },
    });
  await s3.putBucketTagging({ Bucket, Tagging: { TagSet: [{ Key: 'data', Value: 'secret' }] } });
  await s3.createBucket({ Bucket: 's3-tests-logs' });
  await s3.putBucketPolicy({
    Bucket: 's3-tests-logs',
    Policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'logging.s3.amazonaws.com' },
          Action: 's3:PutObject',
          Resource: 'arn:aws:s3:::s3-tests-logs/*',
        },
      ],
    }),
  });
  await s3.putBucketLogging({
    Bucket,
    BucketLoggingStatus: {
      LoggingEnabled: { TargetBucket: 's3-tests-logs', TargetPrefix: 'full/' },
    },
  });
};

const logTarget = {
  bucket: 's3-tests-logs',
  is: {
    policy: expect.stringContaining('logging.s3.amazonaws.com'),
    grants: [expect.objectContaining({ Permission: 'FULL_CONTROL' })],
    ownership: 'BucketOwnerEnforced',
    algorithm: 'AES256',
    retention: undefined,
    // AWS says BucketOwner; what stands in for it says nothing.
    payer: undefined,
  },
};

describe('a bucket with every aspect set', () => {
  beforeAll(async () => fill(await aws.clients()('s3')));

  it.each<[Facet, unknown]>([
    ['publicAccessBlock', blocks],
    ['policy', policy],
    [
      'acl',
      {
        ownerId: expect.stringMatching(/^\w{64}$/),
        grants: expect.arrayContaining([
          { Grantee: { Type: 'Group', URI: allUsers }, Permission: 'READ' },
          {
            Grantee: expect.objectContaining({ Type: 'CanonicalUser' }),
            Permission: 'FULL_CONTROL',
          },
        ]),
      },
    ],
    ['ownership', 'ObjectWriter'],
    [
      'encryption',
      expect.objectContaining({ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }),
    ],
    ['logging', { TargetBucket: 's3-tests-logs', TargetPrefix: 'full/' }],
    ['logTarget', logTarget],
    ['namedLogTarget', logTarget],
    ['versioning', { status: 'Enabled', mfaDelete: undefined }],
    ['notifications', { events: ['s3:ObjectCreated:*'], eventBridge: false }],
    ['website', { index: 'index.html', redirect: undefined }],
    ['replication', [copies]],
    [
      'accessPoints',
      [
        { name: 's3-tests-closed', restricts: true },
        { name: 's3-tests-open', restricts: false },
      ],
    ],
    ['retention', expect.objectContaining({ Mode: 'GOVERNANCE', Days: 30 })],
    ['lifecycle', [expect.objectContaining({ Status: 'Enabled', Expiration: { Days: 30 } })]],
  ])('gives its %s', async (facet, value) => {
    expect(await read('s3-tests-full', facet)).toEqual({ [facet]: { value } });
  });

  it('gives its ARN and tags', async () => {
    expect(await read('s3-tests-full', 'about')).toEqual({
      about: { value: { arn: 'arn:aws:s3:::s3-tests-full', tags: { data: 'secret' } } },
    });
  });

  it('names its owner among the grantees of its ACL', async () => {
    const { ownerId, grants } = await s3Bucket.facets.acl.read(
      aws.reader(),
      refOf('s3-tests-full'),
    );
    expect(grants.map(({ Grantee }) => Grantee?.ID)).toContain(ownerId);
  });
});

describe('a bucket with nothing set', () => {
  beforeAll(async () => {
    const s3 = await aws.clients()('s3');
    const Bucket = 's3-tests-bare';
    await s3.createBucket({ Bucket });
    await s3.deletePublicAccessBlock({ Bucket });
    await s3.deleteBucketOwnershipControls({ Bucket });
  });

  it.each<[Facet, unknown]>([
    ['publicAccessBlock', undefined],
    ['policy', undefined],
    ['ownership', undefined],
    ['logging', undefined],
    ['logTarget', undefined],
    ['versioning', { status: undefined, mfaDelete: undefined }],
    ['lifecycle', undefined],
    ['retention', undefined],
    ['notifications', { events: [], eventBridge: false }],
    ['website', undefined],
    ['replication', undefined],
    ['accessPoints', []],
  ])('gives no %s', async (facet, value) => {
    expect(await read('s3-tests-bare', facet)).toEqual({ [facet]: { value } });
  });

  // AWS encrypts every bucket; what stands in for it may not.
  it('gives SSE-S3 or no encryption', async () => {
    const encryption = await aws.reader().facet(s3Bucket, refOf('s3-tests-bare'), 'encryption');
    const algorithm = encryption?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm;
    expect([undefined, 'AES256']).toContain(algorithm);
  });

  it('gives no tags', async () => {
    expect(await read('s3-tests-bare', 'about')).toEqual({ about: { value: undefined } });
  });
});

describe('a bucket that does not exist', () => {
  it.each(facetNames.filter((facet) => !asksOthers.includes(facet)))(
    'is gone when its %s is read',
    async (facet) => expect(await read('s3-tests-never-made', facet)).toBe('gone'),
  );

  it('is gone when its tags are read', async () => {
    expect(await read('s3-tests-never-made', 'about')).toBe('gone');
  });
});

describe('listing', () => {
  const namesOf = async (reader: Reader) => {
    const names: string[] = [];
    let token: string | undefined;
    do {
      const { resources, next } = await s3Bucket.live.list.page(reader, token);
      names.push(...resources.map(({ id }) => id));
      token = next;
    } while (token !== undefined);
    return names.sort();
  };

  beforeAll(async () => {
    const s3 = await aws.clients()('s3');
    for (const Bucket of ['s3-tests-a', 's3-tests-b']) await s3.createBucket({ Bucket });
    await s3.createBucket({
      Bucket: 's3-tests-elsewhere',
      CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' },
    });
  });

  it('gives the buckets of its region', async () => {
    const names = await namesOf(aws.reader());
    expect(names).toEqual(expect.arrayContaining(['s3-tests-a', 's3-tests-b']));
    expect(names).not.toContain('s3-tests-elsewhere');
  });

  // moto neither goes on after MaxBuckets nor names a bucket's region, so these two answers are written down.
  it('goes on from page to page', async () => {
    const inputs: unknown[] = [];
    const call = (async (_: string, __: string, input: { ContinuationToken?: string }) => {
      inputs.push(input.ContinuationToken);
      return input.ContinuationToken === undefined
        ? { Buckets: [{ Name: 'first' }], ContinuationToken: 'more' }
        : { Buckets: [{ Name: 'second' }] };
    }) as Reader['call'];
    expect(await namesOf({ ...aws.reader(), call })).toEqual(['first', 'second']);
    expect(inputs).toEqual([undefined, 'more']);
  });

  it('leaves out what is named as of another region', async () => {
    const Buckets = [
      { Name: 'here', BucketRegion: region },
      { Name: 'there', BucketRegion: 'eu-west-1' },
    ];
    const call = (async () => ({ Buckets })) as Reader['call'];
    expect(await namesOf({ ...aws.reader(), call })).toEqual(['here']);
  });
});

describe('announcements', () => {
  const [announcement] = s3Bucket.live.announcements;
  const calls: Readonly<Record<string, unknown>> =
    announcement?.via === 'cloudtrail' ? announcement.calls : {};

  it('announce every facet that is evaluated and not borrowed', () => {
    const announced = Object.values(calls).filter(Array.isArray).flat();
    const others = ['accountPublicAccessBlock', ...forPlans];
    expect(new Set(announced)).toEqual(
      new Set(facetNames.filter((facet) => !others.includes(facet))),
    );
  });

  it('hold versioning that was suspended to be as if it had never been on', () => {
    const { comparable } = s3Bucket.facets.versioning;
    const never = { status: undefined, mfaDelete: undefined };
    expect(comparable({ status: 'Suspended', mfaDelete: 'Disabled' })).toEqual(comparable(never));
    expect(comparable({ status: 'Enabled', mfaDelete: undefined })).not.toEqual(comparable(never));
  });

  it('name the facets of other settings that a change shows through', () => {
    expect(calls['PutBucketOwnershipControls']).toEqual(['ownership', 'acl']);
    expect(calls['DeleteBucketPublicAccessBlock']).toEqual(['publicAccessBlock', 'acl']);
  });

  it.each([
    [{ bucketName: 'example', host: 's3.amazonaws.com' }, ['example']],
    [{ bucketName: '' }, 'all'],
    [null, 'all'],
  ])('find the bucket in %j', (requestParameters, ids) => {
    const detail = { eventName: 'PutBucketPolicy', requestParameters };
    expect(announcement?.idsIn(detail, accountId)).toEqual(ids);
  });
});

it('is denied to whoever may read nothing', async () => {
  const denied = { denied: expect.any(String) };
  expect(await deniedReading(s3Bucket, 'example', { logBucket: 'logs' })).toMatchObject(
    Object.fromEntries([...facetNames, 'about'].map((facet) => [facet, denied])),
  );
}, 60_000);
