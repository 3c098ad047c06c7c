import { parseEvent } from '../../../lib/engine/changes/event-to-changes.ts';
import { ownChange, ownSweep } from '../../../lib/engine/changes/own-message.ts';
import { resourceTypes } from '../../../lib/resources/every.ts';
import { secret } from '../../../lib/resources/secretsmanager/secret.ts';
import { provenanceOf } from '../../fakes/heard.ts';

const account = '123456789012';
const other = '210987654321';
const home = 'us-east-1';
const away = 'eu-west-1';
const place = { account, homeRegion: home, regions: [home, away, 'eu-central-1'] };
const arrive = (body: unknown) => parseEvent(body, resourceTypes, place, provenanceOf(body));

interface Told {
  readonly region?: string;
  readonly source?: string;
  readonly call?: string;
  readonly detail?: object;
  readonly envelope?: object;
}
const told = (
  { region = away, source = 'ec2', call = 'AuthorizeSecurityGroupIngress', ...more }: Told,
  requestParameters: object = { groupId: 'sg-1' },
) => ({
  version: '0',
  id: '5f6a9d1e-0000-4000-8000-000000000001',
  'detail-type': 'AWS API Call via CloudTrail',
  source: `aws.${source}`,
  account,
  time: '2026-06-15T12:00:01Z',
  region,
  detail: {
    eventSource: `${source}.amazonaws.com`,
    eventName: call,
    eventTime: '2026-06-15T12:00:00Z',
    eventID: '0b0b0b0b-0000-4000-8000-000000000002',
    awsRegion: region,
    recipientAccountId: account,
    requestParameters,
    readOnly: false,
    userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::${account}:user/alice` },
    ...more.detail,
  },
  ...more.envelope,
});
const key = (id: string, region = away, owner = account) =>
  `arn:aws:kms:${region}:${owner}:key/${id}`;

describe('an event of another governed region', () => {
  it('is a change there', () => {
    expect(arrive(told({}))).toMatchObject({
      changes: [{ type: 'AWS::EC2::SecurityGroup', ref: { account, region: away, id: 'sg-1' } }],
    });
  });

  it('that makes a bucket is a change where the bucket is made', () => {
    const made = (LocationConstraint: string) =>
      arrive(
        told(
          { region: home, source: 's3', call: 'CreateBucket' },
          { bucketName: 'photos', CreateBucketConfiguration: { LocationConstraint } },
        ),
      );
    expect(made(away)).toMatchObject({ changes: [{ ref: { region: away, id: 'photos' } }] });
    expect(made('EU')).toMatchObject({ changes: [{ ref: { region: 'eu-west-1' } }] });
    const sweptBy = (parsed: ReturnType<typeof made>) =>
      ('sweeps' in parsed ? parsed.sweeps : []).map(({ sweep, region }) => `${sweep} ${region}`);
    // A distribution takes its origin from any region, and an access point of several regions has buckets in each.
    const distributions = 'AWS::CloudFront::Distribution us-east-1';
    const points = 'AWS::S3::MultiRegionAccessPoint us-east-1';
    const elsewhere = made('ap-south-1');
    expect(elsewhere).toMatchObject({ changes: [] });
    expect(sweptBy(elsewhere)).toEqual([distributions]);
    // Trails and access points that borrow from a bucket do so where the bucket is.
    expect(new Set(sweptBy(made(away)))).toEqual(
      new Set([
        ...[distributions, points],
        ...[`AWS::CloudTrail::Trail ${away}`, `AWS::S3::AccessPoint ${away}`],
      ]),
    );
  });

  it('of the account’s block is a change at home, and sweeps the buckets of every region', () => {
    const event = told({ source: 's3', call: 'DeleteAccountPublicAccessBlock' }, {});
    const parsed = arrive(event);
    expect(parsed).toMatchObject({
      changes: [{ type: 'Plumbline::S3::Account', ref: { region: home, id: account } }],
    });
    const swept = 'sweeps' in parsed ? parsed.sweeps : [];
    const everywhere = (type: string) =>
      [home, away, 'eu-central-1'].map((region) => `${type} ${region}`);
    expect(swept.map(({ sweep, region }) => `${sweep} ${region}`)).toEqual([
      ...everywhere('AWS::CloudTrail::Trail'),
      `AWS::S3::MultiRegionAccessPoint ${home}`,
      ...everywhere('AWS::S3::AccessPoint'),
      ...everywhere('AWS::S3::Bucket'),
    ]);
  });

  it('of a trail is a change of what every region has recorded', () => {
    const parsed = arrive(told({ source: 'cloudtrail', call: 'StopLogging' }, { name: 'all' }));
    expect(parsed).toMatchObject({
      changes: ['CloudTrail', 'CloudWatch'].map((service) => ({
        type: `Plumbline::${service}::Region`,
        ref: { region: away, id: away },
      })),
    });
  });

  it('on the switch, which stands at home, tells of nothing', () => {
    const event = told({ source: 'ssm', call: 'PutParameter' }, { name: '/plumbline/remediation' });
    expect(arrive(event)).toEqual({ changes: [], sweeps: [] });
  });
});

describe('what somebody made up, or AWS sends by another way, is dropped', () => {
  it.each([
    ['of a region that is not governed', told({ region: 'ap-south-1' }), 'ungoverned'],
    ['whose record is of another region', told({ detail: { awsRegion: home } }), 'contradictory'],
    [
      'whose record is another account’s',
      told({ detail: { recipientAccountId: other } }),
      'contradictory',
    ],
    [
      'of a service that has one region',
      told({ source: 'iam', call: 'DeleteRole' }, { roleName: 'ops' }),
      'contradictory',
    ],
    ['of a partner', told({ envelope: { source: 'aws.partner/example.com/ec2' } }), 'foreign'],
    ['that is replayed', told({ envelope: { 'replay-name': 'again' } }), 'replayed'],
    [
      'about what another account owns',
      told(
        {
          source: 's3',
          call: 'PutBucketPolicy',
          detail: {
            resources: [{ type: 'AWS::S3::Bucket', accountId: other, ARN: 'arn:aws:s3:::theirs' }],
          },
        },
        { bucketName: 'theirs' },
      ),
      'notOwned',
    ],
    [
      'about the key of another account, which the ARN alone says',
      told(
        {
          source: 'kms',
          call: 'PutKeyPolicy',
          detail: { resources: [{ ARN: key('1', away, other) }] },
        },
        { keyId: '1' },
      ),
      'notOwned',
    ],
  ])('%s', (_, event, dropped) => {
    expect(arrive(event)).toEqual({ dropped });
  });

  it.each([
    ['region', key('mrk-1', home)],
    ['account', key('mrk-1', away, other)],
  ])('a name that is an ARN of another %s names nothing', (_, keyId) => {
    expect(arrive(told({ source: 'kms', call: 'PutKeyPolicy' }, { keyId }))).toMatchObject({
      changes: [],
    });
    const parsed = arrive(told({ source: 'kms', call: 'PutKeyPolicy' }, { keyId }));
    const swept = 'sweeps' in parsed ? parsed.sweeps.map(({ sweep }) => sweep) : [];
    expect(swept).not.toContain('AWS::KMS::Key');
  });

  it('but not what names our own beside another’s', () => {
    const resources = [
      { accountId: other, ARN: key('9', away, other) },
      { accountId: account, ARN: key('1') },
    ];
    const event = told(
      { source: 'kms', call: 'PutKeyPolicy', detail: { resources } },
      { keyId: key('1') },
    );
    // It decides who may read the key, too: it is told twice.
    const { changes } = Object(arrive(event));
    expect(changes.map(({ ref }: { ref: unknown }) => ref)).toEqual([
      { account, region: away, id: '1' },
      { account, region: away, id: '1' },
    ]);
  });
});

describe('an item of AWS Config', () => {
  const item = (said: object) => ({
    ...told({}),
    'detail-type': 'Config Configuration Item Change',
    source: 'aws.config',
    detail: {
      configurationItem: {
        resourceType: 'AWS::S3::Bucket',
        resourceName: 'photos',
        awsRegion: away,
        awsAccountId: account,
        configurationItemStatus: 'OK',
        configurationItemCaptureTime: '2026-06-15T12:00:00Z',
        ...said,
      },
    },
  });
  it('is of the region that both say', () => {
    expect(arrive(item({}))).toMatchObject({ changes: [{ ref: { region: away } }] });
    expect(arrive(item({ awsRegion: home }))).toEqual({ dropped: 'contradictory' });
    expect(arrive(item({ awsAccountId: other }))).toEqual({ dropped: 'contradictory' });
  });
  it('of what is global counts at home alone', () => {
    const user = { resourceType: 'AWS::IAM::User', resourceName: 'alice', awsRegion: 'global' };
    expect(arrive(item(user))).toEqual({ changes: [], sweeps: [] });
  });
});

describe('a message of our own', () => {
  const own = {
    ...provenanceOf({ version: 1 }),
    types: resourceTypes,
    place,
  };
  const cause = { kind: 'sweep' };
  const change = (type: string, region: string, id = 'x', of = account) => ({
    version: 1,
    type,
    ref: { account: of, region, id },
    facets: 'all',
    cause,
  });
  it.each([
    ['a governed region', change('AWS::EC2::SecurityGroup', away), undefined],
    [
      'a region that is not',
      { ...change('AWS::EC2::SecurityGroup', 'ap-south-1'), cause: { kind: 'review' } },
      'ungoverned',
    ],
    ['a row there that is due', change('AWS::EC2::SecurityGroup', 'ap-south-1'), undefined],
    [
      'another account',
      { ...change('AWS::EC2::SecurityGroup', away, 'x', other), cause: { kind: 'review' } },
      'foreign',
    ],
    // Its account was governed once: the row is put off, and nothing is read.
    [
      'a row of another that is due',
      change('AWS::EC2::SecurityGroup', away, 'x', other),
      undefined,
    ],
    ['what is global, elsewhere', change('AWS::IAM::Role', away), 'foreign'],
    ['what an account has once, elsewhere', change('Plumbline::S3::Account', away), 'foreign'],
    ['Plumbline itself, elsewhere', change('Plumbline::Switch', away), 'foreign'],
    ['what is global, at home', change('AWS::IAM::Role', home), undefined],
  ])('about %s', (_, message, dropped) => {
    const taken = ownChange(message, own);
    if (dropped === undefined) expect(taken).toMatchObject({ ref: message.ref });
    else expect(taken).toEqual({ dropped });
  });
  it('sweeps where it says, if that is governed', () => {
    const sweep = (region: string) =>
      ownSweep(
        { version: 1, sweep: 'AWS::S3::Bucket', account, region, facets: 'all', cause },
        own,
      );
    expect(sweep(away)).toMatchObject({ account, region: away });
    expect(sweep('ap-south-1')).toEqual({ dropped: 'ungoverned' });
  });
});

describe('the policy of a secret', () => {
  const sweeps = (call: string, requestParameters: object) => {
    const parsed = arrive(told({ source: 'secretsmanager', call }, requestParameters));
    const swept = 'sweeps' in parsed ? parsed.sweeps : [];
    return swept.filter(({ sweep }) => sweep === 'AWS::SecretsManager::Secret');
  };
  it.each([
    'PutResourcePolicy',
    'DeleteResourcePolicy',
    'ReplicateSecretToRegions',
    'RemoveRegionsFromReplication',
  ])('is copied to its replicas after %s', (call) => {
    const lender = { type: 'AWS::SecretsManager::Secret', facet: 'policy', id: 'db/orders' };
    const found = sweeps(call, { secretId: 'db/orders' });
    expect(found).toMatchObject([
      { region: home, facets: ['policy'], lender },
      { region: 'eu-central-1', facets: ['policy'], lender },
    ]);
    expect(found).toHaveLength(2);
  });
  it('is not copied by what changes something else', () => {
    expect(sweeps('RotateSecret', { secretId: 'db/orders' })).toEqual([]);
  });
  it('is that of a replica of the same name alone', () => {
    const [lender] = secret.facets.policy.borrowedFrom ?? [];
    const listed = (id: string, primaryRegion?: string) => ({ id, facets: { primaryRegion } });
    expect(lender?.isBorrowedBy?.('db/orders', listed('db/orders', away))).toBe(true);
    expect(lender?.isBorrowedBy?.('db/orders', listed('db/orders'))).toBe(false);
    expect(lender?.isBorrowedBy?.('db/orders', listed('db/others', away))).toBe(false);
  });
});
