import type { SecurityGroup } from '@aws-sdk/client-ec2';
import {
  type About,
  defineResourceType,
  type Reader,
  type Ref,
} from '../../model/resource-type.ts';
import { ec2 } from '../../services/ec2.ts';
import { tagsIn } from '../described.ts';
import { at, named, textsAt } from '../ids.ts';
import { after, nextOf, ownAmong } from './ec2-listing.ts';
import { prefixList } from './prefix-list.ts';
import {
  comparableRules,
  type IdentifiedRule,
  identifiedRuleOf,
  namesPrefixList,
  prefixListsIn,
  rulesOf,
} from './security-group-rules.ts';

// One call shows group and rules, and fails for a group that is gone; DescribeSecurityGroupRules answers
// an empty list for such a group, which would read as one that is closed.
const describe = async (reader: Reader, { id }: Ref): Promise<SecurityGroup> => {
  const { SecurityGroups } = await reader.call('ec2', 'describeSecurityGroups', { GroupIds: [id] });
  const group = SecurityGroups?.[0];
  if (!group) throw new Error(`DescribeSecurityGroups answered without ${id}`);
  return group;
};

const groupOf = ({ GroupName = '', OwnerId, VpcId }: SecurityGroup) => ({
  name: GroupName,
  owner: OwnerId,
  vpc: VpcId,
});

/** What each prefix list that the group's rules name shows, without those that show nothing. */
const ofLists = async <V>(
  reader: Reader,
  ref: Ref,
  show: (list: Ref) => Promise<V | undefined>,
): Promise<Readonly<Record<string, V>>> => {
  const ids = prefixListsIn(rulesOf(await describe(reader, ref)));
  const shown = await Promise.all(ids.map(async (id) => [id, await show({ ...ref, id })] as const));
  return Object.fromEntries(
    shown.flatMap(([id, value]) => (value === undefined ? [] : [[id, value]])),
  );
};

const arn = (ref: Ref) => ec2.arn('security-group', ref, ref.id);
const aboutOf = ({ SecurityGroupArn, Tags }: SecurityGroup, ref: Ref): About => ({
  arn: SecurityGroupArn ?? arn(ref),
  tags: tagsIn(Tags),
});

/** A listing shows the rules; where they name no prefix list, that is all there is to read. */
const listed = (group: SecurityGroup, place: Omit<Ref, 'id'>) => {
  const id = group.GroupId ?? '';
  const rules = rulesOf(group);
  const ofNone = prefixListsIn(rules).length === 0 ? { prefixLists: {}, prefixListOwners: {} } : {};
  const facets = { group: groupOf(group), rules, ...ofNone };
  return { id, facets, about: aboutOf(group, { ...place, id }) };
};

const groupId = (text: string) => (/^sg-\w+$/.test(text) ? text : undefined);
const onRules = ['rules', 'prefixLists', 'prefixListOwners'] as const;

/** A security group of a VPC, evaluated in its owner's account; its id is `sg-…`. */
export const securityGroup = defineResourceType({
  type: 'AWS::EC2::SecurityGroup',
  scope: 'regional',
  securityHubType: 'AwsEc2SecurityGroup',
  live: {
    // EC2 calls a missing group by either of two names; an id that cannot be one names nothing that is there.
    gone: ['InvalidGroup.NotFound', 'InvalidSecurityGroupID.NotFound', 'InvalidGroupId.Malformed'],
    settlesAfterSeconds: 20,
    announcements: [
      {
        via: 'cloudtrail',
        source: ec2.eventSource,
        calls: {
          AuthorizeSecurityGroupIngress: onRules,
          AuthorizeSecurityGroupEgress: onRules,
          RevokeSecurityGroupIngress: onRules,
          RevokeSecurityGroupEgress: onRules,
          ModifySecurityGroupRules: onRules,
          UpdateSecurityGroupRuleDescriptionsIngress: ['rules'],
          UpdateSecurityGroupRuleDescriptionsEgress: ['rules'],
          DeleteSecurityGroup: 'deleted',
        },
        // A call can name the group by its name, as in the default VPC: then what it answers says the id, of each rule.
        idsIn: named({
          request: ['groupId'],
          response: [
            'groupId',
            'securityGroupRuleSet.groupId',
            'revokedSecurityGroupRuleSet.groupId',
          ],
          idOf: groupId,
        }),
      },
      {
        via: 'cloudtrail',
        source: ec2.eventSource,
        calls: { CreateSecurityGroup: 'created' },
        idsIn: named({ response: ['groupId'], idOf: groupId }),
      },
      {
        // The VPC's default group comes and goes with it, and no event names it.
        via: 'cloudtrail',
        source: ec2.eventSource,
        calls: {
          CreateVpc: ['group', 'rules'],
          CreateDefaultVpc: ['group', 'rules'],
          DeleteVpc: ['group', 'rules'],
        },
        idsIn: () => 'all',
        comesWith: {
          idIn: (detail) => textsAt(detail, 'responseElements', 'vpc.vpcId')[0],
          has: (vpc, { facets = {} }) =>
            at(facets, ['group', 'vpc']) === vpc && at(facets, ['group', 'name']) === 'default',
        },
      },
    ],
    list: {
      actions: ['ec2:DescribeSecurityGroups'],
      isEverywhere: true,
      page: async (reader, token) => {
        const page = await reader.call('ec2', 'describeSecurityGroups', {
          MaxResults: 1000,
          ...after(token),
        });
        return {
          resources: ownAmong(reader, page.SecurityGroups).map((group) => listed(group, reader)),
          ...nextOf(page),
        };
      },
    },
  },
  configurationItem: 'resourceId',
  arn,
  about: {
    actions: ['ec2:DescribeSecurityGroups'],
    read: async (reader, ref) => aboutOf(await describe(reader, ref), ref),
  },
  facets: {
    group: {
      actions: ['ec2:DescribeSecurityGroups'],
      read: async (reader, ref) => groupOf(await describe(reader, ref)),
    },
    rules: {
      actions: ['ec2:DescribeSecurityGroups'],
      read: async (reader, ref) => rulesOf(await describe(reader, ref)),
      comparable: comparableRules,
    },
    /** The rules with their ids and tags, which only a change of them needs. */
    identifiedRules: {
      actions: ['ec2:DescribeSecurityGroupRules'],
      read: async (reader, { id }) => {
        const rules: IdentifiedRule[] = [];
        const asked = { Filters: [{ Name: 'group-id', Values: [id] }], MaxResults: 1000 };
        for await (const page of reader.pages('ec2', 'describeSecurityGroupRules', asked)) {
          rules.push(...(page.SecurityGroupRules ?? []).map(identifiedRuleOf));
        }
        return rules;
      },
      comparable: comparableRules,
    },
    /** Some of the network interfaces that are in the group; none where nothing uses it. */
    interfaces: {
      actions: ['ec2:DescribeNetworkInterfaces'],
      read: async (reader, { id }) => {
        const { NetworkInterfaces = [] } = await reader.call('ec2', 'describeNetworkInterfaces', {
          Filters: [{ Name: 'group-id', Values: [id] }],
          MaxResults: 5,
        });
        return NetworkInterfaces.map(({ NetworkInterfaceId = '' }) => NetworkInterfaceId);
      },
      // Interfaces come and go without a change of the group.
      comparable: () => [],
    },
    /** The entries of each prefix list that a rule names; a list that is not there cannot be seen. */
    prefixLists: {
      actions: ['ec2:DescribeSecurityGroups', ...prefixList.facets.entries.actions],
      borrowedFrom: [
        {
          type: prefixList.type,
          facet: 'entries',
          isBorrowedBy: (id, { facets }) => namesPrefixList(facets?.['rules'], id),
        },
      ],
      read: (reader, ref) =>
        ofLists(reader, ref, (list) => reader.facet(prefixList, list, 'entries')),
    },
    /** How much of the quota of rules each prefix list that a rule names takes. */
    prefixListCapacities: {
      actions: ['ec2:DescribeSecurityGroups', ...prefixList.facets.capacity.actions],
      read: (reader, ref) =>
        ofLists(reader, ref, (list) => reader.facet(prefixList, list, 'capacity')),
    },
    /** The owner of each prefix list that a rule names. */
    prefixListOwners: {
      actions: ['ec2:DescribeSecurityGroups', ...prefixList.facets.owner.actions],
      read: (reader, ref) =>
        ofLists(reader, ref, (list) => reader.facet(prefixList, list, 'owner')),
    },
  },
});
