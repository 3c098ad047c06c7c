import { defineResourceType } from '../../model/resource-type.ts';
import { iam } from '../../services/iam.ts';
import { lastName, named } from '../ids.ts';
import { attachedPolicy, collect, details, detailsActions, inlinePolicy } from './iam-details.ts';
import { attachedInAnyOrder } from './iam-privileges.ts';

/** An IAM group; its id is the group's name. */
export const iamGroup = defineResourceType({
  type: 'AWS::IAM::Group',
  scope: 'global',
  securityHubType: 'AwsIamGroup',
  live: {
    gone: ['NoSuchEntity'],
    settlesAfterSeconds: 30,
    announcements: [
      {
        via: 'cloudtrail',
        source: iam.eventSource,
        calls: {
          CreateGroup: 'created',
          DeleteGroup: 'deleted',
          UpdateGroup: ['attachedPolicies', 'inlinePolicies'],
          AttachGroupPolicy: ['attachedPolicies'],
          DetachGroupPolicy: ['attachedPolicies'],
          PutGroupPolicy: ['inlinePolicies'],
          DeleteGroupPolicy: ['inlinePolicies'],
        },
        idsIn: named({
          request: ['groupName', 'newGroupName'],
          response: ['group.groupName'],
          idOf: lastName,
        }),
      },
    ],
    list: {
      actions: detailsActions,
      page: async (reader, token) => {
        const { GroupDetailList = [], next } = await details(reader, 'Group', token);
        return {
          resources: GroupDetailList.map((group) => ({
            id: group.GroupName ?? '',
            about: { arn: group.Arn ?? '', tags: {} },
            facets: {
              attachedPolicies: (group.AttachedManagedPolicies ?? []).map(attachedPolicy),
              inlinePolicies: (group.GroupPolicyList ?? []).map(inlinePolicy),
            },
          })),
          ...next,
        };
      },
    },
  },
  configurationItem: 'resourceName',
  about: {
    actions: ['iam:GetGroup'],
    read: async (reader, { id }) => {
      const { Group } = await reader.call('iam', 'getGroup', { GroupName: id, MaxItems: 1 });
      return { arn: Group?.Arn ?? '', tags: {} };
    },
  },
  facets: {
    attachedPolicies: {
      actions: ['iam:ListAttachedGroupPolicies'],
      read: (reader, { id }) =>
        collect(
          reader.pages('iam', 'listAttachedGroupPolicies', { GroupName: id }),
          (page) => page.AttachedPolicies,
          attachedPolicy,
        ),
      ...attachedInAnyOrder,
    },
    inlinePolicies: {
      actions: ['iam:ListGroupPolicies', 'iam:GetGroupPolicy'],
      read: async (reader, { id: GroupName }) => {
        const pages = reader.pages('iam', 'listGroupPolicies', { GroupName });
        const names = await collect(pages, (page) => page.PolicyNames, String);
        const read = names.map((PolicyName) =>
          reader.call('iam', 'getGroupPolicy', { GroupName, PolicyName }),
        );
        return (await Promise.all(read)).map(inlinePolicy);
      },
    },
  },
});
