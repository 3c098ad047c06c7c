import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { MetricFilter } from '@aws-sdk/client-cloudwatch-logs';
import type { IdsIn, Reader, Ref } from '../../model/resource-type.ts';
import { cloudtrail } from '../../services/cloudtrail.ts';
import { cloudwatch } from '../../services/cloudwatch.ts';
import { logs } from '../../services/logs.ts';
import { sns } from '../../services/sns.ts';
import { trail } from '../cloudtrail/trail.ts';
import { at } from '../ids.ts';
import { here } from './here.ts';
import { regionWide } from './wide.ts';

/** What an error of one of these names means: that it is not there, and holds nothing. */
const ifThere = async <T>(asked: Promise<T>, ...gone: readonly string[]): Promise<T | undefined> =>
  asked.catch((error: unknown) => {
    if (error instanceof Error && gone.includes(error.name)) return undefined;
    throw error;
  });

/** How many have confirmed that a topic tells them; unknown of another account's, which only that account may ask. */
const topicOf = async (reader: Reader, arn: string) => {
  if (arn.split(':')[4] !== reader.account) return { arn, subscriptions: undefined };
  const answer = await ifThere(
    reader.call('sns', 'listSubscriptionsByTopic', { TopicArn: arn }),
    'NotFoundException',
    'NotFound',
  );
  // One that is not confirmed has words in the place of an ARN: `PendingConfirmation`, `Deleted`.
  const confirmed = (answer?.Subscriptions ?? []).filter((one) =>
    one.SubscriptionArn?.startsWith('arn:'),
  );
  const isWhole = confirmed.length > 0 || answer?.NextToken === undefined;
  return { arn, subscriptions: isWhole ? confirmed.length : undefined };
};

const alarmOf = async (reader: Reader, alarm: MetricAlarm) => {
  const topics = (alarm.AlarmActions ?? []).filter((arn) => arn.split(':')[2] === 'sns');
  return {
    name: alarm.AlarmName ?? '',
    isOn: alarm.ActionsEnabled ?? true,
    topics: await Promise.all(topics.map((arn) => topicOf(reader, arn))),
  };
};

const filterOf = async (reader: Reader, filter: MetricFilter) => {
  const alarms = await Promise.all(
    (filter.metricTransformations ?? []).map(
      async ({ metricName: MetricName, metricNamespace: Namespace }) => {
        const { MetricAlarms = [] } = await reader.call('cloudwatch', 'describeAlarmsForMetric', {
          MetricName,
          Namespace,
        });
        return Promise.all(MetricAlarms.map((alarm) => alarmOf(reader, alarm)));
      },
    ),
  );
  return {
    name: filter.filterName ?? '',
    pattern: filter.filterPattern ?? '',
    alarms: alarms.flat(),
  };
};

const filtersOf = async (reader: Reader, logGroupName: string) => {
  const found: MetricFilter[] = [];
  const reading = async () => {
    for await (const page of reader.pages('logs', 'describeMetricFilters', { logGroupName }))
      found.push(...(page.metricFilters ?? []));
    return found;
  };
  const filters = (await ifThere(reading(), 'ResourceNotFoundException')) ?? [];
  return Promise.all(filters.map((filter) => filterOf(reader, filter)));
};

/** From the ARN of a log group, `…:logs:us-east-1:123456789012:log-group:trail:*`. */
const groupOf = (arn: string | undefined) => {
  const [, , , region = '', account = '', , name = ''] = arn?.split(':') ?? [];
  return arn ? { region, account, name } : undefined;
};

/** The trails that the region shows, each with the filters of its log group where that is in this account and region. */
const readTrailAlarms = async (reader: Reader, ref: Ref) => {
  const { trailList = [] } = await reader.call('cloudtrail', 'describeTrails', {});
  return Promise.all(
    trailList.map(async ({ TrailARN: arn = '', ...shown }) => {
      const lender = { ...ref, id: arn };
      const group = groupOf(shown.CloudWatchLogsLogGroupArn);
      const isHere = group?.account === ref.account && group.region === ref.region;
      return {
        arn,
        isMultiRegion: shown.IsMultiRegionTrail ?? false,
        isLogging: await reader.facet(trail, lender, 'isLogging'),
        selectors: await reader.facet(trail, lender, 'selectors'),
        group,
        filters: group && isHere ? await filtersOf(reader, group.name) : undefined,
      };
    }),
  );
};

/** Most topics, alarms and log groups are no part of a chain: whether one is, only the read tells. */
const unnamed: IdsIn = () => 'all';

/**
 * Alarms that the Auto Scaling services make by the thousand are none that anybody is told by. A name tells nothing, for
 * anybody can give it; who made the call does, for CloudTrail writes it, and these services write no alarm but their own.
 */
const ofPeople: IdsIn = (detail) => {
  const by = String(at(detail, ['userIdentity', 'invokedBy']));
  return /^(application-)?autoscaling\.amazonaws\.com$/.test(by) ? [] : 'all';
};

const trailAlarms = ['trailAlarms'] as const;

/** How the people of an account are told of what its trails record in a region. */
export const cloudWatchRegion = regionWide({
  type: 'Plumbline::CloudWatch::Region',
  announcements: [
    {
      via: 'cloudtrail',
      source: cloudtrail.eventSource,
      calls: {
        CreateTrail: trailAlarms,
        UpdateTrail: trailAlarms,
        DeleteTrail: trailAlarms,
        StartLogging: trailAlarms,
        StopLogging: trailAlarms,
        PutEventSelectors: trailAlarms,
      },
      // A trail of every region is changed in one, and recorded as changed there.
      isEverywhere: true,
      idsIn: here,
    },
    {
      via: 'cloudtrail',
      source: logs.eventSource,
      calls: {
        PutMetricFilter: trailAlarms,
        DeleteMetricFilter: trailAlarms,
        DeleteLogGroup: trailAlarms,
      },
      idsIn: unnamed,
    },
    {
      via: 'cloudtrail',
      source: cloudwatch.eventSource,
      calls: {
        PutMetricAlarm: trailAlarms,
        DeleteAlarms: trailAlarms,
        EnableAlarmActions: trailAlarms,
        DisableAlarmActions: trailAlarms,
      },
      idsIn: ofPeople,
    },
    {
      via: 'cloudtrail',
      source: sns.eventSource,
      calls: {
        Subscribe: trailAlarms,
        ConfirmSubscription: trailAlarms,
        Unsubscribe: trailAlarms,
        DeleteTopic: trailAlarms,
      },
      idsIn: unnamed,
    },
  ],
  facets: {
    trailAlarms: {
      actions: [
        ...trail.live.list.actions,
        ...trail.facets.isLogging.actions,
        ...trail.facets.selectors.actions,
        'logs:DescribeMetricFilters',
        'cloudwatch:DescribeAlarmsForMetric',
        'sns:ListSubscriptionsByTopic',
      ],
      read: readTrailAlarms,
    },
  },
});
