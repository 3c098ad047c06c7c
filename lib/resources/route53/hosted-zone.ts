import {
  defineResourceType,
  type EventDetail,
  type Reader,
  type Ref,
} from '../../model/resource-type.ts';
import { logs } from '../../services/logs.ts';
import { homeRegionOf } from '../../services/regions.ts';
import { route53 } from '../../services/route53.ts';
import { only, tagsIn } from '../described.ts';
import { gathered } from '../gathered.ts';
import { named, textsAt } from '../ids.ts';

const arn = (ref: Ref) => route53.arn('hostedzone', ref, ref.id);
const gone = 'NoSuchHostedZone';

// Route 53 writes `/hostedzone/Z…` where it answers, and takes both.
const zoneId = (text: string): string => text.split('/').at(-1) ?? text;

interface Shown {
  readonly Config?: { readonly PrivateZone?: boolean | undefined } | undefined;
}
/** "If you omitted the HostedZoneConfig … the Config and Comment elements don't appear": then it is public. */
const zoneOf = ({ Config }: Shown) => ({ isPrivate: Config?.PrivateZone === true });

/** The ARN of the log group that the zone's queries go to; a zone has one at most. */
const logGroupOf = async (reader: Reader, { id }: Ref): Promise<string | undefined> => {
  const pages = reader.pages('route53', 'listQueryLoggingConfigs', { HostedZoneId: id });
  const all = await gathered(pages, ({ QueryLoggingConfigs }) => QueryLoggingConfigs);
  const own = all.find(({ HostedZoneId = '' }) => zoneId(HostedZoneId) === id);
  return own?.CloudWatchLogsLogGroupArn?.replace(/:\*$/, '');
};

// "The results are ASCII-sorted by log group name": the one of that name comes before all that it begins.
// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html
const isThere = async (reader: Reader, logGroup: string): Promise<boolean> => {
  const [, , , region = reader.region, , , name = ''] = logGroup.split(':');
  const { logGroups = [] } = await reader
    .elsewhere(region)
    .call('logs', 'describeLogGroups', { logGroupNamePrefix: name });
  return logGroups.some(({ logGroupName }) => logGroupName === name);
};

/**
 * Whether zones may log to the log group that was made or deleted: it is in the home region, and its name begins as AWS
 * [advises](https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateQueryLoggingConfig.html). Log groups come and
 * go all day, and Route 53 answers five calls a second: one with another name is noticed by the next sweep.
 */
const mayBeLoggedTo = (detail: EventDetail): boolean => {
  const { awsRegion } = detail;
  if (typeof awsRegion === 'string' && awsRegion !== homeRegionOf(awsRegion)) return false;
  const names = textsAt(detail, 'requestParameters', 'logGroupName');
  return names.length === 0 || names.some((name) => name.startsWith('/aws/route53/'));
};

/** A hosted zone, which is in no region; its id is `Z…`. */
export const hostedZone = defineResourceType({
  type: 'AWS::Route53::HostedZone',
  scope: 'global',
  securityHubType: 'AwsRoute53HostedZone',
  live: {
    gone: [gone],
    settlesAfterSeconds: 30,
    announcements: [
      {
        via: 'cloudtrail',
        source: route53.eventSource,
        calls: { CreateHostedZone: 'created' },
        idsIn: named({ response: ['hostedZone.id'], idOf: zoneId }),
      },
      {
        via: 'cloudtrail',
        source: route53.eventSource,
        calls: { DeleteHostedZone: 'deleted' },
        idsIn: named({ request: ['id'], idOf: zoneId }),
      },
      {
        via: 'cloudtrail',
        source: route53.eventSource,
        calls: { CreateQueryLoggingConfig: ['queryLogging'] },
        idsIn: named({ request: ['hostedZoneId'], idOf: zoneId }),
      },
      {
        // It names the configuration alone.
        via: 'cloudtrail',
        source: route53.eventSource,
        calls: { DeleteQueryLoggingConfig: ['queryLogging'] },
        idsIn: () => 'all',
      },
      {
        // Which zones write there it does not say.
        via: 'cloudtrail',
        source: logs.eventSource,
        calls: { CreateLogGroup: ['queryLogging'], DeleteLogGroup: ['queryLogging'] },
        idsIn: (detail) => (mayBeLoggedTo(detail) ? 'all' : []),
      },
    ],
    list: {
      actions: ['route53:ListHostedZones'],
      page: async (reader, token) => {
        const { HostedZones = [], NextMarker } = await reader.call(
          'route53',
          'listHostedZones',
          token === undefined ? {} : { Marker: token },
        );
        return {
          resources: HostedZones.map((one) => ({
            id: zoneId(one.Id ?? ''),
            facets: { zone: zoneOf(one) },
          })),
          ...(NextMarker ? { next: NextMarker } : {}),
        };
      },
    },
  },
  configurationItem: 'resourceId',
  arn,
  about: {
    actions: ['route53:ListTagsForResource'],
    read: async (reader, ref) => {
      const { ResourceTagSet } = await reader.call('route53', 'listTagsForResource', {
        ResourceType: 'hostedzone',
        ResourceId: ref.id,
      });
      return { arn: arn(ref), tags: tagsIn(ResourceTagSet?.Tags) };
    },
  },
  facets: {
    zone: {
      actions: ['route53:GetHostedZone'],
      read: async (reader, { id: Id }) => {
        const { HostedZone } = await reader.call('route53', 'getHostedZone', { Id });
        return zoneOf(only(HostedZone && [HostedZone], gone));
      },
    },
    /** Where the queries of the zone are logged, and whether that log group is there; nothing where they are not. */
    queryLogging: {
      actions: ['route53:ListQueryLoggingConfigs', 'logs:DescribeLogGroups'],
      read: async (reader, ref) => {
        const logGroup = await logGroupOf(reader, ref);
        if (logGroup === undefined) return undefined;
        return { logGroup, isThere: await isThere(reader, logGroup) };
      },
    },
  },
});
