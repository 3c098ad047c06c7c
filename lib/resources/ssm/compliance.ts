import type { ComplianceItem } from '@aws-sdk/client-ssm';
import {
  type Announcement,
  defineResourceType,
  type IdsIn,
  type Page,
  type Reader,
  type Ref,
} from '../../model/resource-type.ts';
import { ec2 } from '../../services/ec2.ts';
import { ssm } from '../../services/ssm.ts';
import { text } from '../../support/untyped.ts';
import { only, tagsIn } from '../described.ts';
import { named } from '../ids.ts';

/** Of machines outside EC2, `mi-…`, Security Hub says nothing. */
const isOfEc2 = (id: string): boolean => id.startsWith('i-');

/** What Systems Manager reports of a machine by itself. */
export type Reported = 'Patch' | 'Association';
const complies = { status: 'COMPLIANT' } as const;
const fails = { status: 'NON_COMPLIANT' } as const;

const goneCodes = ['InvalidResourceId', 'InvalidInstanceID.NotFound'] as const;

const machineArn = (ref: Ref) => ssm.arn('managed-instance', ref, ref.id);

/** The machine of which a report changed. */
const reportedIn =
  (type: Reported): IdsIn =>
  (detail) => {
    const told = text(detail['compliance-type']);
    if (told !== undefined && told !== type) return [];
    const id = text(detail['resource-id']);
    if (id === undefined) return 'all';
    return isOfEc2(id) ? [id] : [];
  };

const asked = (id: string, type: Reported, status?: string) => ({
  ResourceIds: [id],
  ResourceTypes: ['ManagedInstance'],
  Filters: [
    { Key: 'ComplianceType', Values: [type], Type: 'EQUAL' as const },
    ...(status === undefined ? [] : [{ Key: 'Status', Values: [status], Type: 'EQUAL' as const }]),
  ],
});

/** The first item of a report; a page may have none although a later one does. */
const firstItem = async (
  reader: Reader,
  input: ReturnType<typeof asked>,
): Promise<ComplianceItem | undefined> => {
  for await (const { ComplianceItems = [] } of reader.pages('ssm', 'listComplianceItems', input))
    if (ComplianceItems[0]) return ComplianceItems[0];
  return undefined;
};

/** One item that does not comply is enough. A machine without items is none of those that report. */
const readCompliance = async (reader: Reader, { id }: Ref, type: Reported) => {
  if (await firstItem(reader, asked(id, type, fails.status))) return fails;
  const item = await firstItem(reader, asked(id, type));
  only(item && [item], goneCodes[0]);
  return complies;
};

const reportsOf = async (
  reader: Reader,
  type: Reported,
  token: string | undefined,
): Promise<Page<{ compliance: typeof complies | typeof fails }>> => {
  const { ResourceComplianceSummaryItems = [], NextToken } = await reader.call(
    'ssm',
    'listResourceComplianceSummaries',
    {
      Filters: [{ Key: 'ComplianceType', Values: [type], Type: 'EQUAL' }],
      MaxResults: 50,
      ...(token === undefined ? {} : { NextToken: token }),
    },
  );
  return {
    resources: ResourceComplianceSummaryItems.flatMap(({ ResourceId: id, Status }) => {
      if (!id || !isOfEc2(id)) return [];
      if (Status !== 'COMPLIANT' && Status !== 'NON_COMPLIANT') return [{ id }];
      return [{ id, facets: { compliance: Status === 'COMPLIANT' ? complies : fails } }];
    }),
    ...(NextToken ? { next: NextToken } : {}),
  };
};

/** EC2 keeps the tags. */
const readTags = async (reader: Reader, { id }: Ref) => {
  const { Reservations = [] } = await reader.call('ec2', 'describeInstances', {
    InstanceIds: [id],
  });
  return tagsIn(Reservations[0]?.Instances?.[0]?.Tags);
};

interface Reports {
  readonly type: `AWS::SSM::${string}`;
  readonly securityHubType: string;
  readonly reported: Reported;
  /** What else tells that a report is another one. */
  readonly announcements?: readonly Announcement<'compliance'>[];
}
/** What machines report of one kind, a resource for each machine; its id is that of the instance, `i-…`. */
export const reportsType = ({ type, securityHubType, reported, announcements = [] }: Reports) =>
  defineResourceType({
    type,
    scope: 'regional',
    securityHubType,
    live: {
      gone: goneCodes,
      settlesAfterSeconds: 30,
      announcements: [
        {
          // https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-systems-manager-event-examples.html
          via: 'service',
          source: 'aws.ssm',
          detailType: 'Configuration Compliance State Change',
          effect: ['compliance'],
          idsIn: reportedIn(reported),
        },
        {
          via: 'cloudtrail',
          source: ec2.eventSource,
          calls: { TerminateInstances: 'deleted' },
          idsIn: named({ request: ['instancesSet.instanceId'] }),
        },
        ...announcements,
      ],
      list: {
        actions: ['ssm:ListResourceComplianceSummaries'],
        hasInterface: true,
        page: (reader, token) => reportsOf(reader, reported, token),
      },
    },
    arn: machineArn,
    about: {
      actions: ['ec2:DescribeInstances'],
      read: async (reader, ref) => ({ arn: machineArn(ref), tags: await readTags(reader, ref) }),
    },
    facets: {
      compliance: {
        actions: ['ssm:ListComplianceItems'],
        read: (reader, ref) => readCompliance(reader, ref, reported),
      },
    },
  });
