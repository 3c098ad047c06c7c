import { parseEvent } from '../../../lib/engine/changes/event-to-changes.ts';
import { ownChange, ownSweep } from '../../../lib/engine/changes/own-message.ts';
import { evaluatedAt, governedOf, placesIn } from '../../../lib/engine/changes/place.ts';
import { resourceTypes } from '../../../lib/resources/every.ts';
import { provenanceOf } from '../../fakes/heard.ts';

const hub = '123456789012';
const member = '444455556666';
const outsider = '999999999999';
const home = 'us-east-1';
const away = 'eu-west-1';
const place = { account: hub, homeRegion: home, regions: [home, away], members: [member] };
const arrive = (body: unknown, governed: typeof place = place) =>
  parseEvent(body, resourceTypes, governed, provenanceOf(body));

interface Told {
  readonly account?: string;
  readonly region?: string;
  readonly source?: string;
  readonly call?: string;
  readonly detail?: object;
  readonly envelope?: object;
}
const told = (
  {
    account = member,
    region = away,
    source = 'ec2',
    call = 'AuthorizeSecurityGroupIngress',
    detail,
    envelope,
  }: Told,
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
    ...detail,
  },
  ...envelope,
});

describe('an event of a member account', () => {
  it('is a change there, by whoever it says', () => {
    expect(arrive(told({}))).toMatchObject({
      changes: [
        {
          type: 'AWS::EC2::SecurityGroup',
          ref: { account: member, region: away, id: 'sg-1' },
          cause: { by: `arn:aws:iam::${member}:user/alice` },
        },
      ],
    });
  });

  it('of what is global is a change in its own home region', () => {
    const event = told({ region: home, source: 'iam', call: 'DeleteRole' }, { roleName: 'ops' });
    expect(arrive(event)).toMatchObject({
      changes: [{ type: 'AWS::IAM::Role', ref: { account: member, region: home, id: 'ops' } }],
    });
  });

  it('of what an account has once sweeps that account alone', () => {
    const parsed = arrive(told({ source: 's3', call: 'DeleteAccountPublicAccessBlock' }, {}));
    const swept = 'sweeps' in parsed ? parsed.sweeps : [];
    expect(parsed).toMatchObject({ changes: [{ ref: { account: member, region: home } }] });
    expect(new Set(swept.map(({ account }) => account))).toEqual(new Set([member]));
    expect(new Set(swept.map(({ region }) => region))).toEqual(new Set([home, away]));
  });

  it('is nothing where Plumbline itself would be meant', () => {
    const event = told(
      { region: home, source: 'ssm', call: 'PutParameter' },
      { name: '/plumbline/remediation' },
    );
    const parsed = arrive(event);
    const types = 'changes' in parsed ? parsed.changes.map(({ type }) => type) : [];
    expect(types).not.toContain('Plumbline::Switch');
    const ours = arrive({
      ...told({ account: hub, region: home, source: 'ssm', call: 'PutParameter' }),
      detail: {
        ...told({ account: hub, region: home, source: 'ssm', call: 'PutParameter' }).detail,
        requestParameters: { name: '/plumbline/remediation' },
      },
    });
    expect(ours).toMatchObject({ changes: [{ type: 'Plumbline::Switch' }] });
  });
});

const keyOf = (owner: string) => `arn:aws:kms:${away}:${owner}:key/1`;

describe('what a member cannot make us believe is dropped', () => {
  it.each([
    ['an account that the baseline does not name', told({ account: outsider }), 'foreign'],
    ['no account', told({ envelope: { account: undefined } }), 'foreign'],
    ['a list of accounts', told({ envelope: { account: [member, hub] } }), 'foreign'],
    [
      'a record of the hub in its own envelope',
      told({ detail: { recipientAccountId: hub } }),
      'contradictory',
    ],
    [
      'a record of a stranger in its own envelope',
      told({ detail: { recipientAccountId: outsider } }),
      'contradictory',
    ],
    [
      'a bucket of the hub, as its owner says',
      told(
        {
          source: 's3',
          call: 'PutBucketPolicy',
          detail: { resources: [{ accountId: hub, ARN: 'arn:aws:s3:::photos' }] },
        },
        { bucketName: 'photos' },
      ),
      'notOwned',
    ],
    [
      'a key of the hub, as its ARN says',
      told(
        { source: 'kms', call: 'PutKeyPolicy', detail: { resources: [{ ARN: keyOf(hub) }] } },
        { keyId: keyOf(hub) },
      ),
      'notOwned',
    ],
    ['a partner', told({ envelope: { source: 'aws.partner/example.com/ec2' } }), 'foreign'],
    ['a source of its own', told({ envelope: { source: 'my.app' } }), 'foreign'],
    ['a replay', told({ envelope: { 'replay-name': 'again' } }), 'replayed'],
    ['the future', told({ envelope: { time: '2027-06-15T12:00:01Z' } }), 'future'],
    ['a partner, by its name alone', told({ envelope: { source: 'aws.partner' } }), 'foreign'],
    [
      'a source that begins as those of AWS',
      told({ envelope: { source: 'aws.ec2/x' } }),
      'foreign',
    ],
    ['a source in capitals', told({ envelope: { source: 'AWS.ec2' } }), 'foreign'],
    ['its account with a blank', told({ envelope: { account: `${member} ` } }), 'foreign'],
    [
      'its account in other digits',
      told({ envelope: { account: '４４４４５５５５６６６６' } }),
      'foreign',
    ],
    ['its region in capitals', told({ region: 'EU-WEST-1' }), 'ungoverned'],
    ['a region with a blank', told({ region: `${away} ` }), 'ungoverned'],
    ['a zone in place of a region', told({ region: `${away}a` }), 'ungoverned'],
    ['a record of another region', told({ detail: { awsRegion: 'ap-south-1' } }), 'contradictory'],
    [
      'a record of its region in capitals',
      told({ detail: { awsRegion: 'EU-WEST-1' } }),
      'contradictory',
    ],
    ['a record of several regions', told({ detail: { awsRegion: [away] } }), 'contradictory'],
    [
      'a record of the hub among several accounts',
      told({ detail: { recipientAccountId: [member, hub] } }),
      'contradictory',
    ],
    [
      'a record whose account is a number',
      told({ detail: { recipientAccountId: Number(hub) } }),
      'contradictory',
    ],
    ['a record that is a text', told({ envelope: { detail: '{"eventName":"x"}' } }), 'malformed'],
    ['a replay of nothing', told({ envelope: { 'replay-name': null } }), 'replayed'],
    ['what is long over', told({ envelope: { time: '2026-05-01T12:00:01Z' } }), 'stale'],
    ['a time that is none', told({ envelope: { time: 1_781_524_801 } }), 'malformed'],
    [
      'a key of the hub as its own',
      told(
        {
          source: 'kms',
          call: 'PutKeyPolicy',
          detail: { resources: [{ accountId: member, ARN: keyOf(hub) }] },
        },
        { keyId: keyOf(hub) },
      ),
      'notOwned',
    ],
    [
      'its own key as one of the hub',
      told({
        source: 'kms',
        call: 'PutKeyPolicy',
        detail: { resources: [{ accountId: hub, arn: keyOf(member) }] },
      }),
      'notOwned',
    ],
    [
      'a bucket of an owner that is a number',
      told(
        {
          source: 's3',
          call: 'PutBucketPolicy',
          detail: { resources: [{ accountId: Number(hub), ARN: 'arn:aws:s3:::photos' }] },
        },
        { bucketName: 'photos' },
      ),
      'notOwned',
    ],
    ['what is in a region that nobody governs', told({ region: 'ap-south-1' }), 'ungoverned'],
    [
      'what is global, of another region',
      told({ source: 'iam', call: 'DeleteRole' }, { roleName: 'ops' }),
      'contradictory',
    ],
  ])('%s', (_, event, dropped) => {
    expect(arrive(event)).toEqual({ dropped });
  });

  const encoded = (arn: string) => encodeURIComponent(arn);
  const cluster = (of: string, owner: string, region = away) =>
    `arn:${of}:kafka:${region}:${owner}:cluster/orders/1a2b-3`;
  it.each<readonly [string, Told, object]>([
    [
      'a cluster of the hub in a path',
      { source: 'kafka', call: 'UpdateConnectivity' },
      { clusterArn: encoded(cluster('aws', hub)) },
    ],
    [
      'its own cluster of another region in a path',
      { source: 'kafka', call: 'UpdateConnectivity' },
      { clusterArn: encoded(cluster('aws', member, home)) },
    ],
    [
      'a cluster of another partition',
      { source: 'kafka', call: 'UpdateConnectivity' },
      { clusterArn: cluster('aws-cn', member) },
    ],
    [
      'a topic of another partition',
      { source: 'sns', call: 'SetTopicAttributes' },
      { topicArn: `arn:aws-us-gov:sns:${away}:${member}:orders`, attributeName: 'Policy' },
    ],
    [
      'a topic of the hub',
      { source: 'sns', call: 'SetTopicAttributes' },
      { topicArn: `arn:aws:sns:${away}:${hub}:orders`, attributeName: 'Policy' },
    ],
    [
      'a queue of the hub by its address',
      { source: 'sqs', call: 'SetQueueAttributes' },
      { queueUrl: `https://sqs.${away}.amazonaws.com/${hub}/orders`, attributes: { Policy: '' } },
    ],
    [
      'a repository of the hub that is called as its own',
      { source: 'ecr', call: 'SetRepositoryPolicy' },
      { registryId: hub, repositoryName: 'app' },
    ],
    [
      'a function of the hub by a part of its ARN',
      { source: 'lambda', call: 'AddPermission20150331v2' },
      { functionName: `${hub}:function:orders` },
    ],
    [
      'a secret of the hub',
      { source: 'secretsmanager', call: 'PutResourcePolicy' },
      { secretId: `arn:aws:secretsmanager:${away}:${hub}:secret:db-AbCdEf` },
    ],
    [
      'a bus of the hub',
      { source: 'events', call: 'PutPermission' },
      { eventBusName: `arn:aws:events:${away}:${hub}:event-bus/Plumbline-Ears` },
    ],
  ])('%s: nobody’s resource is changed by it', (_, event, request) => {
    expect(arrive(told(event, request))).toMatchObject({ changes: [] });
  });

  it('a path that is no text in percents breaks nothing', () => {
    const event = told(
      { source: 'kafka', call: 'UpdateConnectivity' },
      { clusterArn: 'arn%3A%ZZ' },
    );
    expect(arrive(event)).toMatchObject({ changes: [] });
  });

  it('an item of AWS Config whose ARN is of the hub', () => {
    const item = (ARN: string) => ({
      ...told({}),
      source: 'aws.config',
      'detail-type': 'Config Configuration Item Change',
      detail: {
        configurationItem: {
          resourceType: 'AWS::EC2::SecurityGroup',
          resourceId: 'sg-1',
          ARN,
          awsAccountId: member,
          awsRegion: away,
          configurationItemStatus: 'OK',
          configurationItemCaptureTime: '2026-06-15T12:00:00Z',
        },
      },
    });
    expect(arrive(item(`arn:aws:ec2:${away}:${hub}:security-group/sg-1`))).toEqual({
      dropped: 'notOwned',
    });
    expect(arrive(item(`arn:aws:ec2:${away}:${member}:security-group/sg-1`))).not.toHaveProperty(
      'dropped',
    );
  });

  it('an account that left the organization, from the moment that this is listed', () => {
    const event = told({});
    expect(arrive(event)).not.toHaveProperty('dropped');
    expect(arrive(event, { ...place, members: [] })).toEqual({ dropped: 'foreign' });
  });

  it('a key of the hub that only its request names is nobody’s', () => {
    const parsed = arrive(told({ source: 'kms', call: 'PutKeyPolicy' }, { keyId: keyOf(hub) }));
    expect(parsed).toMatchObject({ changes: [] });
  });

  it('and all of it, where the baseline names no account', () => {
    const { members: _, ...alone } = place;
    expect(parseEvent(told({}), resourceTypes, alone, provenanceOf(told({})))).toEqual({
      dropped: 'foreign',
    });
  });

  it('a change in the form of our own, which only our roles send', () => {
    const change = {
      version: 1,
      type: 'AWS::S3::Bucket',
      ref: { account: hub, region: home, id: 'photos' },
      facets: 'all',
      cause: { kind: 'review' },
    };
    const { now } = provenanceOf(change);
    const sender = { kind: 'principal', id: 'AIDAIENQZJOLO23YVJ4VO' } as const;
    expect(parseEvent(change, resourceTypes, place, { sender, now })).toEqual({
      dropped: 'outsider',
    });
  });
});

describe('places', () => {
  it('are every governed region of every account, those of Plumbline first', () => {
    expect(governedOf(place).map(({ account, region }) => `${account} ${region}`)).toEqual([
      `${hub} ${home}`,
      `${hub} ${away}`,
      `${member} ${home}`,
      `${member} ${away}`,
    ]);
  });

  it.each([
    ['regional', 4],
    ['global', 2],
    ['account', 2],
    ['home', 1],
  ] as const)('where what is %s is evaluated are %d', (scope, count) => {
    const all = [hub, member].flatMap((account) => placesIn({ scope }, account, place));
    expect(all).toHaveLength(count);
  });

  it('of what stands where Plumbline stands is no other account', () => {
    const scene = { where: { account: member, region: home }, place };
    expect(evaluatedAt({ scope: 'home' }, scene)).toBeUndefined();
  });
});

describe('a message of our own', () => {
  const own = { ...provenanceOf({ version: 1 }), types: resourceTypes, place };
  const change = (account: string, kind: string, type = 'AWS::S3::Bucket', region = home) => ({
    version: 1,
    type,
    ref: { account, region, id: 'x' },
    facets: 'all',
    cause: { kind },
  });
  it.each([
    ['about a member', change(member, 'review'), undefined],
    ['about a stranger', change(outsider, 'review'), 'foreign'],
    ['about a row of an account that is named no more', change(outsider, 'sweep'), undefined],
    ['about Plumbline in a member', change(member, 'review', 'Plumbline::Switch'), 'foreign'],
    [
      'about a member’s role, elsewhere',
      change(member, 'review', 'AWS::IAM::Role', away),
      'foreign',
    ],
  ])('%s', (_, message, dropped) => {
    const taken = ownChange(message, own);
    if (dropped === undefined) expect(taken).toMatchObject({ ref: message.ref });
    else expect(taken).toEqual({ dropped });
  });

  it('sweeps governed accounts alone', () => {
    const sweep = (account: string) => ({
      version: 1,
      sweep: 'AWS::S3::Bucket',
      account,
      region: away,
      facets: 'all',
      cause: { kind: 'sweep' },
    });
    expect(ownSweep(sweep(member), own)).toMatchObject({ account: member, region: away });
    expect(ownSweep(sweep(outsider), own)).toEqual({ dropped: 'foreign' });
  });
});
