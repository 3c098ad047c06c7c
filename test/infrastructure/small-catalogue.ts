import type { Mode } from '../../lib/engine/baseline/baseline.ts';
import type { Catalogue } from '../../lib/infrastructure/events/watched.ts';
import { defineControl, pass, propose } from '../../lib/model/control.ts';
import { defineResourceType } from '../../lib/model/resource-type.ts';

const soon = { gone: [], settlesAfterSeconds: 1 } as const;
const common = {
  securityHubType: 'Other',
  about: { actions: ['rds:ListTagsForResource'], read: async () => ({ arn: '', tags: {} }) },
} as const;
const idsIn = () => 'all' as const;

/** Lends its rules; evaluated by nothing. */
const list = defineResourceType({
  ...common,
  type: 'AWS::EC2::PrefixList',
  scope: 'regional',
  live: {
    ...soon,
    announcements: [
      {
        via: 'cloudtrail',
        source: 'ec2.amazonaws.com',
        calls: {
          CreateManagedPrefixList: 'created',
          ModifyManagedPrefixList: ['entries'],
          DeleteManagedPrefixList: 'deleted',
          CreateTags: ['tags'],
        },
        idsIn,
      },
    ],
    list: { actions: ['ec2:DescribeManagedPrefixLists'], page: async () => ({ resources: [] }) },
  },
  facets: {
    entries: { actions: ['ec2:GetManagedPrefixListEntries'], read: async () => [] },
    tags: { actions: ['ec2:DescribeTags'], read: async () => [] },
  },
});

/** Borrows the entries of lists. */
const group = defineResourceType({
  ...common,
  type: 'AWS::EC2::SecurityGroup',
  scope: 'regional',
  live: {
    ...soon,
    unsettled: { facet: 'state', while: () => false },
    announcements: [
      {
        via: 'cloudtrail',
        source: 'ec2.amazonaws.com',
        calls: {
          CreateSecurityGroup: 'created',
          AuthorizeSecurityGroupIngress: ['rules'],
          AttachNetworkInterface: ['uses'],
        },
        idsIn,
      },
      {
        via: 'service',
        source: 'aws.ec2',
        detailType: 'EC2 Group State',
        effect: ['state'],
        idsIn,
      },
    ],
    list: { actions: ['ec2:DescribeSecurityGroups'], page: async () => ({ resources: [] }) },
  },
  configurationItem: 'resourceId',
  facets: {
    rules: { actions: ['ec2:DescribeSecurityGroupRules'], read: async () => [] },
    lists: {
      actions: ['ec2:GetManagedPrefixListEntries'],
      borrowedFrom: [{ type: list.type, facet: 'entries' }],
      read: async () => [],
    },
    uses: { actions: ['ec2:DescribeNetworkInterfaces'], read: async () => [] },
    state: { actions: ['ec2:DescribeAvailabilityZones'], read: async () => '' },
  },
});

const role = defineResourceType({
  ...common,
  type: 'AWS::IAM::Role',
  scope: 'global',
  live: {
    ...soon,
    announcements: [
      {
        via: 'cloudtrail',
        source: 'iam.amazonaws.com',
        calls: { UpdateAssumeRolePolicy: ['trust'] },
        idsIn,
      },
    ],
    list: { actions: ['iam:ListRoles'], page: async () => ({ resources: [] }) },
  },
  facets: { trust: { actions: ['iam:GetRole'], read: async () => '' } },
});

const told = {
  title: '',
  severity: 'LOW',
  rationale: '',
  standards: {},
  remediation: { advice: '' },
} as const;
const evaluate = () => pass;

/** Three controls: on a group's own rules, on the lists that it uses, and on roles; the fourth can be planned. */
export const small: Catalogue = {
  types: [group, list, role],
  controls: [
    defineControl(group, { ...told, id: 'X.1', needs: ['rules'], evaluate }),
    defineControl(group, { ...told, id: 'X.2', needs: ['rules', 'lists'], evaluate }),
    defineControl(role, { ...told, id: 'X.3', needs: ['trust'], evaluate }),
    defineControl(group, {
      ...told,
      id: 'X.4',
      needs: ['rules'],
      evaluate,
      remediation: {
        advice: '',
        needs: ['uses', 'lists'],
        grants: [{ actions: ['ec2:RevokeSecurityGroupIngress', 'ec2:CreateTags'], on: () => [] }],
        plan: () => propose(''),
      },
    }),
  ],
};

const set = (mode: Mode, ids: readonly string[]) => ({
  homeRegion: 'us-east-1',
  controls: Object.fromEntries(
    ids.map((id) => [id, { mode, parameters: {}, backlog: false, risk: 'safe' } as const]),
  ),
});
export const enabling = (...ids: readonly string[]) => set('observe', ids);
/** As `enabling`, in mode `plan`. */
export const planning = (...ids: readonly string[]) => set('plan', ids);
