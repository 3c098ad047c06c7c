import type { Clients } from '../../../../lib/aws/clients.ts';
import { account, nameOf, region, type Turn } from './turn.ts';

// One chain serves all of these turns: from a trail over its log group, filters, an alarm and a topic to who is told.
const names = new WeakMap<Clients, string>();
const nameFor = (clients: Clients): string => {
  const name = names.get(clients) ?? nameOf('alarms');
  names.set(clients, name);
  return name;
};
const source = (service: string) => `{ $.eventSource = ${service}.amazonaws.com }`;
/** What somebody is told of, by the name of its filter. */
const patterns: Readonly<Record<string, string>> = {
  ...{ root: '{ $.userIdentity.type = "Root" }', signIns: '{ $.eventName = ConsoleLogin }' },
  denied: '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }',
  ...{ cloudtrail: source('cloudtrail'), config: source('config'), ec2: source('ec2') },
  ...{ iam: source('iam'), kms: source('kms'), s3: source('s3') },
  organizations: source('organizations'),
};
const chainOf = (clients: Clients) => {
  const name = nameFor(clients);
  const topic = { TopicArn: `arn:aws:sns:${region}:${account}:${name}` };
  return {
    ...{ name, topic },
    trail: { Name: name },
    group: { logGroupName: name },
    logging: {
      CloudWatchLogsLogGroupArn: `arn:aws:logs:${region}:${account}:log-group:${name}:*`,
      CloudWatchLogsRoleArn: `arn:aws:iam::${account}:role/trail`,
    },
    alarms: { AlarmNames: [name] },
  };
};

const select = async (clients: Clients, selector: object = {}) =>
  (await clients('cloudtrail')).putEventSelectors({
    TrailName: nameFor(clients),
    EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true, ...selector }],
  });
const match = async (clients: Clients, filterName: string, pattern = patterns[filterName]) =>
  (await clients('logs')).putMetricFilter({
    ...{ ...chainOf(clients).group, filterName, filterPattern: pattern },
    metricTransformations: [
      { metricName: nameFor(clients), metricNamespace: 'CIS', metricValue: '1' },
    ],
  });
const putAlarm = async (clients: Clients, tells = true) => {
  const { name, topic } = chainOf(clients);
  await (await clients('cloudwatch')).putMetricAlarm({
    ...{ AlarmName: name, MetricName: name, Namespace: 'CIS', Statistic: 'Sum', Period: 300 },
    ...{ EvaluationPeriods: 1, Threshold: 1 },
    AlarmActions: tells ? [topic.TopicArn] : [],
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  });
};
const subscribe = async (clients: Clients) => {
  const { name, topic } = chainOf(clients);
  const sns = await clients('sns');
  await sns.createTopic({ Name: name });
  const Endpoint = `arn:aws:sqs:${region}:${account}:${name}`;
  await sns.subscribe({ ...topic, Protocol: 'sqs', Endpoint });
};
const unsubscribe = async (clients: Clients) => {
  const sns = await clients('sns');
  const { Subscriptions = [] } = await sns.listSubscriptionsByTopic(chainOf(clients).topic);
  for (const { SubscriptionArn } of Subscriptions) await sns.unsubscribe({ SubscriptionArn });
};

/** The chain from end to end, whatever of it the turn before has left. */
const lay = async (clients: Clients): Promise<string> => {
  const trails = await clients('cloudtrail');
  const isNew = !names.has(clients);
  const { name, trail, group, logging } = chainOf(clients);
  if (isNew) {
    await (await clients('s3')).createBucket({ Bucket: name });
    await (await clients('logs')).createLogGroup(group);
    await trails.createTrail({ ...trail, S3BucketName: name });
  }
  await subscribe(clients);
  await putAlarm(clients);
  for (const filter of Object.keys(patterns)) await match(clients, filter);
  await select(clients);
  await trails.updateTrail({ ...trail, ...logging, IsMultiRegionTrail: true });
  await trails.startLogging(trail);
  return region;
};

const chain = (
  [control, ...also]: readonly [string, ...string[]],
  wrong: (clients: Clients) => Promise<unknown>,
  right: (clients: Clients) => Promise<unknown>,
): Turn => ({
  ...{ control, also, type: 'Plumbline::CloudWatch::Region' },
  ...{ make: lay, wrong, right },
});

export const alarmTurns: readonly Turn[] = [
  // It fails where the chain stands: that no trail logs is said in the home region alone.
  chain(
    ['CloudWatch.2'],
    async (clients) => (await clients('cloudwatch')).disableAlarmActions(chainOf(clients).alarms),
    async (clients) => (await clients('cloudwatch')).enableAlarmActions(chainOf(clients).alarms),
  ),
  chain(
    ['CloudWatch.1'],
    async (clients) => (await clients('cloudtrail')).stopLogging(chainOf(clients).trail),
    async (clients) => (await clients('cloudtrail')).startLogging(chainOf(clients).trail),
  ),
  chain(['CloudWatch.3'], unsubscribe, subscribe),
  chain(
    ['CloudWatch.4'],
    async (clients) =>
      (await clients('logs')).deleteMetricFilter({
        ...{ ...chainOf(clients).group, filterName: 'iam' },
      }),
    (clients) => match(clients, 'iam'),
  ),
  chain(
    ['CloudWatch.5'],
    (clients) => select(clients, { ReadWriteType: 'ReadOnly' }),
    (clients) => select(clients),
  ),
  chain(
    ['CloudWatch.6'],
    async (clients) => (await clients('sns')).deleteTopic(chainOf(clients).topic),
    subscribe,
  ),
  chain(
    ['CloudWatch.7'],
    (clients) => select(clients, { ExcludeManagementEventSources: ['kms.amazonaws.com'] }),
    (clients) => select(clients),
  ),
  chain(
    ['CloudWatch.8'],
    async (clients) => (await clients('cloudwatch')).deleteAlarms(chainOf(clients).alarms),
    (clients) => putAlarm(clients),
  ),
  chain(
    ['PL.ALARM.1'],
    (clients) => putAlarm(clients, false),
    (clients) => putAlarm(clients),
  ),
  chain(
    ['CloudWatch.9'],
    async (clients) =>
      (await clients('cloudtrail')).updateTrail({
        ...chainOf(clients).trail,
        ...{ CloudWatchLogsLogGroupArn: '', CloudWatchLogsRoleArn: '' },
      }),
    async (clients) => {
      const { trail, logging } = chainOf(clients);
      return (await clients('cloudtrail')).updateTrail({ ...trail, ...logging });
    },
  ),
  chain(
    ['CloudWatch.10', 'CloudWatch.11', 'CloudWatch.12', 'CloudWatch.13', 'CloudWatch.14'],
    (clients) => match(clients, 'ec2', '{ $.eventName = RunInstances }'),
    (clients) => match(clients, 'ec2'),
  ),
];
