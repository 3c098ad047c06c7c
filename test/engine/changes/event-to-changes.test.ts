import type { EventCause } from '../../../lib/engine/changes/change.ts';
import { parseEvent } from '../../../lib/engine/changes/event-to-changes.ts';
import { resourceTypes } from '../../../lib/resources/every.ts';
import { s3Bucket } from '../../../lib/resources/s3/s3-bucket.ts';
import { provenanceOf } from '../../fakes/heard.ts';

const place = { account: '123456789012', homeRegion: 'us-east-1', regions: ['us-east-1'] };
const arrive = (body: unknown, at = place) =>
  parseEvent(body, resourceTypes, at, provenanceOf(body));

const cloudTrail = (detail: object, envelope: object = {}) => ({
  version: '0',
  id: '5f6a9d1e-0000-4000-8000-000000000001',
  'detail-type': 'AWS API Call via CloudTrail',
  source: 'aws.s3',
  account: '123456789012',
  time: '2026-06-15T12:00:01Z',
  region: 'us-east-1',
  resources: [],
  detail: {
    eventVersion: '1.11',
    eventSource: 's3.amazonaws.com',
    eventName: 'PutBucketPolicy',
    eventTime: '2026-06-15T12:00:00Z',
    eventID: '0b0b0b0b-0000-4000-8000-000000000002',
    awsRegion: 'us-east-1',
    sourceIPAddress: '203.0.113.7',
    userAgent: 'aws-cli/2.31.0',
    requestParameters: { bucketName: 'photos', Host: 'photos.s3.amazonaws.com' },
    responseElements: null,
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: '123456789012',
    userIdentity: {
      type: 'AssumedRole',
      principalId: 'AROAEXAMPLE:alice',
      arn: 'arn:aws:sts::123456789012:assumed-role/Operator/alice',
      accountId: '123456789012',
      sessionContext: { sourceIdentity: 'alice@example.com' },
    },
    ...detail,
  },
  ...envelope,
});

const configItem = (item: object, message: object = {}) => ({
  version: '0',
  id: '5f6a9d1e-0000-4000-8000-000000000003',
  'detail-type': 'Config Configuration Item Change',
  source: 'aws.config',
  account: '123456789012',
  time: '2026-06-15T12:03:00Z',
  region: 'us-east-1',
  resources: [],
  detail: {
    recordVersion: '1.3',
    messageType: 'ConfigurationItemChangeNotification',
    configurationItem: {
      resourceType: 'AWS::S3::Bucket',
      resourceId: 'photos',
      resourceName: 'photos',
      ARN: 'arn:aws:s3:::photos',
      awsRegion: 'us-east-1',
      awsAccountId: '123456789012',
      configurationItemStatus: 'OK',
      configurationItemCaptureTime: '2026-06-15T12:02:58.123Z',
      ...item,
    },
    ...message,
  },
});

describe('a CloudTrail event', () => {
  it('becomes a change that names the facet, the actor and the time', () => {
    const cause: EventCause = {
      kind: 'event',
      via: 'cloudtrail',
      id: '0b0b0b0b-0000-4000-8000-000000000002',
      time: '2026-06-15T12:00:00.000Z',
      call: 's3:PutBucketPolicy',
      by: 'arn:aws:sts::123456789012:assumed-role/Operator/alice',
      from: '203.0.113.7',
      userAgent: 'aws-cli/2.31.0',
      sourceIdentity: 'alice@example.com',
      identity: 'AssumedRole',
      account: '123456789012',
      principal: 'AROAEXAMPLE:alice',
    };
    expect(arrive(cloudTrail({}))).toEqual({
      changes: [
        {
          version: 1,
          type: 'AWS::S3::Bucket',
          ref: { account: '123456789012', region: 'us-east-1', id: 'photos' },
          facets: ['policy'],
          cause,
        },
        // It may shut our reader out of any facet, and is a suspect of nothing else by that.
        {
          version: 1,
          type: 'AWS::S3::Bucket',
          ref: { account: '123456789012', region: 'us-east-1', id: 'photos' },
          facets: Object.keys(s3Bucket.facets),
          cause: { ...cause, reach: 'all', hides: true },
        },
      ],
      // A trail's verdict asks whether its bucket is open.
      sweeps: [
        {
          version: 1,
          sweep: 'AWS::CloudTrail::Trail',
          account: '123456789012',
          region: 'us-east-1',
          facets: ['bucketAccess'],
          lender: { type: 'AWS::S3::Bucket', facet: 'policy', id: 'photos' },
          cause,
        },
      ],
    });
  });

  it.each([
    ['running', undefined],
    ['stopped', undefined],
    ['shutting-down', 'deleted'],
    ['terminated', 'deleted'],
  ])('that says of an instance that it is %s is the hint %s', (state, hint) => {
    const { changes = [] } = Object(
      arrive({
        ...cloudTrail({}, { source: 'aws.ec2' }),
        'detail-type': 'EC2 Instance State-change Notification',
        detail: { 'instance-id': 'i-0a1b2c3d4e5f60718', state },
      }),
    );
    expect(changes).toHaveLength(1);
    expect(changes[0]?.ref?.id).toBe('i-0a1b2c3d4e5f60718');
    expect(changes[0]?.hint).toBe(hint);
  });

  it('that creates is a hint, and anything can have changed', () => {
    expect(arrive(cloudTrail({ eventName: 'CreateBucket' }))).toMatchObject({
      changes: [{ facets: 'all', hint: 'created' }],
    });
  });

  it.each([
    ['DeleteBucketPublicAccessBlock', ['bucketAccess']],
    ['PutBucketLogging', ['bucketLogging']],
    ['PutBucketLifecycle', ['bucketLifecycle']],
    ['PutBucketVersioning', ['bucketLifecycle']],
    ['PutBucketObjectLockConfiguration', ['bucketLifecycle']],
    ['CreateBucket', ['bucketAccess', 'bucketLogging', 'bucketLifecycle']],
  ])('%s has the trails that log to the bucket looked for once a facet', (eventName, facets) => {
    const parsed = arrive(
      cloudTrail({ eventName, requestParameters: { bucketName: 'logs' }, readOnly: false }),
    );
    const sweeps = 'sweeps' in parsed ? parsed.sweeps : [];
    const ofTrails = sweeps.filter(({ sweep }) => sweep === 'AWS::CloudTrail::Trail');
    expect(ofTrails.flatMap((one) => one.facets)).toEqual(facets);
    for (const { lender } of ofTrails)
      expect(lender).toMatchObject({ type: 'AWS::S3::Bucket', id: 'logs' });
  });

  it('that makes a bucket has the distributions looked for that may take it as their origin', () => {
    const parsed = arrive(
      cloudTrail({ eventName: 'CreateBucket', requestParameters: { bucketName: 'site' } }),
    );
    const sweeps = 'sweeps' in parsed ? parsed.sweeps : [];
    expect(sweeps.filter(({ sweep }) => sweep !== 'AWS::CloudTrail::Trail')).toMatchObject([
      { sweep: 'AWS::CloudFront::Distribution', facets: ['buckets'] },
      { sweep: 'AWS::S3::MultiRegionAccessPoint', facets: ['bucketPublicAccessBlock'] },
      { sweep: 'AWS::S3::AccessPoint', facets: ['bucketPublicAccessBlock'] },
    ]);
  });

  it("of the account's block sweeps the buckets that borrow it, with the actor as cause", () => {
    const parsed = arrive(
      cloudTrail({ eventName: 'DeleteAccountPublicAccessBlock', requestParameters: {} }),
    );
    expect(parsed).toMatchObject({
      changes: [{ type: 'Plumbline::S3::Account', ref: { id: '123456789012' } }],
      sweeps: expect.arrayContaining([
        expect.objectContaining({
          sweep: 'AWS::S3::Bucket',
          facets: ['accountPublicAccessBlock', 'acl'],
          lender: {
            type: 'Plumbline::S3::Account',
            facet: 'publicAccessBlock',
            id: '123456789012',
          },
          cause: expect.objectContaining({
            kind: 'event',
            by: 'arn:aws:sts::123456789012:assumed-role/Operator/alice',
          }),
        }),
      ]),
    });
  });

  it('without an id sweeps its type, and what borrows of it', () => {
    expect(arrive(cloudTrail({ requestParameters: null }))).toMatchObject({
      changes: [],
      sweeps: [
        { sweep: 'AWS::S3::Bucket', facets: ['policy'] },
        { sweep: 'AWS::S3::Bucket', cause: { reach: 'all', hides: true } },
        { sweep: 'AWS::CloudTrail::Trail', facets: ['bucketAccess'] },
      ],
    });
  });

  it.each([
    ['failed', cloudTrail({ errorCode: 'AccessDenied' })],
    ['readOnly', cloudTrail({ readOnly: true })],
    ['unknown', cloudTrail({ eventName: 'PutBucketWebsite' })],
    ['unknown', cloudTrail({ eventName: 'constructor' })],
    ['malformed', cloudTrail({ eventTime: 'yesterday' })],
    ['malformed', cloudTrail({ eventName: 7 })],
    ['malformed', cloudTrail({}, { detail: null })],
    ['foreign', cloudTrail({}, { source: 'my.app' })],
    ['foreign', cloudTrail({}, { account: '999999999999' })],
    ['ungoverned', cloudTrail({}, { region: 'eu-west-1' })],
    ['malformed', {}],
    ['malformed', undefined],
    ['malformed', 'text'],
    ['malformed', []],
    ['malformed', { version: 1, type: 'AWS::S3::Bucket' }],
    [
      'unknown',
      {
        version: 1,
        type: 'AWS::No::Such',
        ref: { account: '1', region: 'r', id: 'i' },
        facets: 'all',
        cause: { kind: 'sweep' },
      },
    ],
  ])('%s: dropped', (reason, body) => {
    expect(arrive(body)).toEqual({ dropped: reason });
  });

  it('of a global service is evaluated in the home region alone', () => {
    const both = { ...place, regions: ['us-east-1', 'eu-west-1'] };
    const event = cloudTrail(
      {
        eventSource: 'iam.amazonaws.com',
        eventName: 'DeactivateMFADevice',
        requestParameters: { userName: 'alice' },
      },
      { source: 'aws.iam' },
    );
    expect(arrive(event)).toMatchObject({
      changes: [{ type: 'AWS::IAM::User', ref: { id: 'alice' } }],
    });
    const detail = { ...event.detail, awsRegion: 'eu-west-1' };
    expect(arrive({ ...event, region: 'eu-west-1', detail }, both)).toEqual({
      dropped: 'contradictory',
    });
  });
});

describe('a forged event', () => {
  it.each([
    ['of a source that anybody can send from', cloudTrail({}, { source: 'aws-like.s3' })],
    ['without a source', cloudTrail({}, { source: undefined })],
    ['that looks like a Config item', { ...configItem({}), source: 'my.config' }],
    ['of another account', cloudTrail({}, { account: '210987654321' })],
  ])('%s is dropped', (_, body) => {
    expect(arrive(body)).toHaveProperty('dropped');
  });

  it("that names our own role as its caller is somebody's change like any other", () => {
    const arn = 'arn:aws:sts::123456789012:assumed-role/Plumbline-EvaluateRole/session';
    expect(arrive(cloudTrail({ userIdentity: { type: 'AssumedRole', arn } }))).toMatchObject({
      changes: [
        { ref: { id: 'photos' }, cause: { by: arn } },
        { ref: { id: 'photos' }, cause: { by: arn, hides: true } },
      ],
    });
  });

  it('gives identity and never state: what its request says is not carried along', () => {
    const secret = { bucketName: 'photos', policy: 'rm -rf', MasterUserPassword: 'hunter2' };
    const parsed = arrive(cloudTrail({ requestParameters: secret }));
    expect(JSON.stringify(parsed)).not.toMatch(/rm -rf|hunter2/);
  });
});

describe('a Config item', () => {
  it('gives identity and time, and no actor', () => {
    expect(arrive(configItem({}))).toMatchObject({
      changes: [
        {
          type: 'AWS::S3::Bucket',
          ref: { id: 'photos' },
          cause: { kind: 'event', via: 'config', time: '2026-06-15T12:02:58.123Z' },
        },
      ],
    });
  });

  it.each([
    ['ResourceDeleted', 'deleted'],
    ['ResourceDeletedNotRecorded', 'deleted'],
    ['ResourceDiscovered', 'created'],
  ])('%s is the hint %s', (configurationItemStatus, hint) => {
    expect(arrive(configItem({ configurationItemStatus }))).toMatchObject({ changes: [{ hint }] });
  });

  it('not recorded is read all the same', () => {
    const parsed = arrive(configItem({ configurationItemStatus: 'ResourceNotRecorded' }));
    expect(parsed).toMatchObject({ changes: [{ ref: { id: 'photos' } }] });
    expect(parsed).not.toHaveProperty('changes.0.hint');
  });

  it('oversized has a summary only', () => {
    const { configurationItem: summary } = configItem({}).detail;
    const message = configItem({});
    expect(
      arrive({
        ...message,
        detail: {
          messageType: 'OversizedConfigurationItemChangeNotification',
          configurationItemSummary: summary,
        },
      }),
    ).toMatchObject({ changes: [{ ref: { id: 'photos' } }] });
  });

  it('of a database is known by its name, not by its resource id', () => {
    expect(
      arrive(
        configItem({
          resourceType: 'AWS::RDS::DBInstance',
          resourceId: 'db-ABCDEFGHIJKLMNOPQRSTUVWXYZ',
          resourceName: 'orders',
        }),
      ),
    ).toMatchObject({ changes: [{ type: 'AWS::RDS::DBInstance', ref: { id: 'orders' } }] });
  });

  it('of a database is the same in any case', () => {
    const item = {
      resourceType: 'AWS::RDS::DBInstance',
      resourceId: 'db-A',
      resourceName: 'Orders',
    };
    expect(arrive(configItem(item))).toMatchObject({ changes: [{ ref: { id: 'orders' } }] });
  });

  it('of a user is known by name, in the home region whatever Config calls it', () => {
    expect(
      arrive(
        configItem({
          resourceType: 'AWS::IAM::User',
          resourceId: 'AIDAEXAMPLE',
          resourceName: 'alice',
          awsRegion: 'global',
        }),
      ),
    ).toMatchObject({ changes: [{ ref: { id: 'alice', region: 'us-east-1' } }] });
  });

  it('of a type that is not watched is dropped', () => {
    expect(arrive(configItem({ resourceType: 'AWS::Location::Map' }))).toEqual({
      dropped: 'unknown',
    });
  });
});
