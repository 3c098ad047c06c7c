import { cloudWatchRegion } from '../../../lib/resources/account/cloudwatch-region.ts';
import { accountId, awsForTests, refOf, region } from '../aws.ts';
import { deniedReading } from '../denied.ts';
import { seesEveryFacet } from '../every-facet.ts';

seesEveryFacet(cloudWatchRegion);

const aws = awsForTests();
const name = 'facet-alarms';
const pattern = '{ $.eventName = StopLogging }';
const arnOf = (group: string) => `arn:aws:logs:${region}:${accountId}:log-group:${group}:*`;

const shown = async () => {
  const reading = await aws.reader().read(cloudWatchRegion, refOf(region), ['trailAlarms']);
  const trails = reading.gone ? [] : Object(reading.facets['trailAlarms']).value;
  return trails.find(({ arn }: { arn: string }) => arn.endsWith(`/${name}`));
};

beforeAll(async () => {
  const [s3, trails, logs] = await Promise.all([
    aws.clients()('s3'),
    aws.clients()('cloudtrail'),
    aws.clients()('logs'),
  ]);
  await s3.createBucket({ Bucket: name });
  await logs.createLogGroup({ logGroupName: name });
  await trails.createTrail({
    ...{ Name: name, S3BucketName: name, IsMultiRegionTrail: true },
    ...{ CloudWatchLogsLogGroupArn: arnOf(name) },
    CloudWatchLogsRoleArn: `arn:aws:iam::${accountId}:role/${name}`,
  });
}, 60_000);

it('a trail shows its log group, and no filter where it has none', async () => {
  const group = { region, account: accountId, name };
  expect(await shown()).toMatchObject({ isMultiRegion: true, group, filters: [] });
});

it('the chain is shown as far as it goes: filter, alarm, topic, who has confirmed', async () => {
  const [logs, cloudwatch, sns] = await Promise.all([
    aws.clients()('logs'),
    aws.clients()('cloudwatch'),
    aws.clients()('sns'),
  ]);
  const metric = { metricName: name, metricNamespace: 'CIS' };
  await logs.putMetricFilter({
    ...{ logGroupName: name, filterName: name, filterPattern: pattern },
    metricTransformations: [{ ...metric, metricValue: '1' }],
  });
  expect((await shown()).filters).toEqual([{ name, pattern, alarms: [] }]);
  const { TopicArn = '' } = await sns.createTopic({ Name: name });
  const gone = `arn:aws:sns:${region}:${accountId}:facet-gone`;
  const foreign = `arn:aws:sns:${region}:444455556666:security`;
  await cloudwatch.putMetricAlarm({
    ...{ AlarmName: name, MetricName: name, Namespace: 'CIS', Statistic: 'Sum', Period: 300 },
    ...{ EvaluationPeriods: 1, Threshold: 1, ActionsEnabled: true },
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    AlarmActions: [TopicArn, gone, foreign],
  });
  const topics = [
    { arn: TopicArn, subscriptions: 0 },
    { arn: gone, subscriptions: 0 },
    { arn: foreign, subscriptions: undefined },
  ];
  expect((await shown()).filters).toEqual([
    { name, pattern, alarms: [{ name, isOn: true, topics }] },
  ]);
  const Endpoint = `arn:aws:sqs:${region}:${accountId}:${name}`;
  await sns.subscribe({ TopicArn, Protocol: 'sqs', Endpoint });
  expect((await shown()).filters[0].alarms[0].topics[0]).toEqual({
    arn: TopicArn,
    subscriptions: 1,
  });
});

it('is denied to whoever may read nothing', async () => {
  const { trailAlarms } = Object(await deniedReading(cloudWatchRegion, region));
  expect(trailAlarms).toEqual({ denied: expect.any(String) });
}, 60_000);

const told = (eventName: string, requestParameters: object, more: object = {}) =>
  cloudWatchRegion.live.announcements.flatMap((one) =>
    one.via === 'cloudtrail' && eventName in one.calls
      ? [one.idsIn({ eventName, awsRegion: region, requestParameters, ...more }, accountId)]
      : [],
  );

it.each([
  ['StopLogging', { name }, [region]],
  ['PutMetricFilter', { logGroupName: name }, 'all'],
  ['PutMetricAlarm', { alarmName: 'CIS-3.5' }, 'all'],
  // Whoever gives his alarm such a name is heard as well.
  ['PutMetricAlarm', { alarmName: 'TargetTracking-table/orders-AlarmHigh-1' }, 'all'],
  ['DeleteAlarms', { alarmNames: ['TargetTracking-a'] }, 'all'],
  ['Unsubscribe', { subscriptionArn: 'arn:aws:sns:us-east-1:1:t:2' }, 'all'],
])('%s %j', (eventName, requestParameters, ids) => {
  expect(told(eventName, requestParameters)).toEqual([ids]);
});

it.each(['application-autoscaling.amazonaws.com', 'autoscaling.amazonaws.com'])(
  'what %s writes is no alarm of people',
  (invokedBy) => {
    const userIdentity = { type: 'AssumedRole', invokedBy };
    const request = { alarmName: 'TargetTracking-table/orders-AlarmHigh-1' };
    expect(told('PutMetricAlarm', request, { userIdentity })).toEqual([[]]);
  },
);

it('what a service of another name calls is heard', () => {
  const userIdentity = { type: 'AssumedRole', invokedBy: 'cloudformation.amazonaws.com' };
  expect(told('DeleteAlarms', { alarmNames: ['TargetTracking-a'] }, { userIdentity })).toEqual([
    'all',
  ]);
});

it('a change of a trail reaches every region', () => {
  const everywhere = cloudWatchRegion.live.announcements.flatMap((one) =>
    one.via === 'cloudtrail' && 'StopLogging' in one.calls ? [one.isEverywhere] : [],
  );
  expect(everywhere).toEqual([true]);
});
