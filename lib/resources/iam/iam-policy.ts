import type { ManagedPolicyDetail, Policy } from '@aws-sdk/client-iam';
import { defineResourceType, type Ref } from '../../model/resource-type.ts';
import { iam } from '../../services/iam.ts';
import { named } from '../ids.ts';
import { collect, details, detailsActions, tagsOf } from './iam-details.ts';

const policyArn = ({ id }: Ref) => ({ PolicyArn: id });

const useOf = (policy: ManagedPolicyDetail | Policy | undefined) => ({
  attachments: policy?.AttachmentCount ?? 0,
  boundaries: policy?.PermissionsBoundaryUsageCount ?? 0,
});

/** AWS's own policies are not in an account. */
const customerManaged = (arn: string, account: string): string | undefined =>
  arn.includes(`:iam::${account}:policy/`) ? arn : undefined;

/** A customer managed policy; its id is the policy's ARN. */
export const iamPolicy = defineResourceType({
  type: 'AWS::IAM::Policy',
  scope: 'global',
  securityHubType: 'AwsIamPolicy',
  live: {
    gone: ['NoSuchEntity'],
    settlesAfterSeconds: 30,
    announcements: [
      {
        via: 'cloudtrail',
        source: iam.eventSource,
        calls: {
          CreatePolicy: 'created',
          DeletePolicy: 'deleted',
          CreatePolicyVersion: ['defaultVersion'],
          SetDefaultPolicyVersion: ['defaultVersion'],
        },
        idsIn: named({ request: ['policyArn'], response: ['policy.arn'] }),
      },
      {
        via: 'cloudtrail',
        source: iam.eventSource,
        calls: {
          AttachGroupPolicy: ['use'],
          AttachRolePolicy: ['use'],
          AttachUserPolicy: ['use'],
          DetachGroupPolicy: ['use'],
          DetachRolePolicy: ['use'],
          DetachUserPolicy: ['use'],
          CreateRole: ['use'],
          CreateUser: ['use'],
          PutRolePermissionsBoundary: ['use'],
          PutUserPermissionsBoundary: ['use'],
        },
        idsIn: named({
          request: ['policyArn', 'permissionsBoundary'],
          idOf: customerManaged,
          otherwise: 'none',
        }),
      },
      {
        via: 'cloudtrail',
        source: iam.eventSource,
        // They name whose boundary it was, not which policy.
        calls: { DeleteRolePermissionsBoundary: ['use'], DeleteUserPermissionsBoundary: ['use'] },
        idsIn: () => 'all',
      },
    ],
    list: {
      actions: detailsActions,
      page: async (reader, token) => {
        const { Policies = [], next } = await details(reader, 'LocalManagedPolicy', token);
        return {
          resources: Policies.map((policy) => ({
            id: policy.Arn ?? '',
            facets: {
              use: useOf(policy),
              versions: (policy.PolicyVersionList ?? []).map(({ VersionId = '' }) => VersionId),
              defaultVersion:
                policy.PolicyVersionList?.find(({ IsDefaultVersion }) => IsDefaultVersion)
                  ?.Document ?? '',
            },
          })),
          ...next,
        };
      },
    },
  },
  configurationItem: 'ARN',
  arn: ({ id }) => id,
  about: {
    actions: ['iam:GetPolicy'],
    read: async (reader, ref) => {
      const { Policy } = await reader.call('iam', 'getPolicy', policyArn(ref));
      return { arn: ref.id, tags: tagsOf(Policy?.Tags) };
    },
  },
  facets: {
    /** How many identities have it as a policy, and how many as their permissions boundary. */
    use: {
      actions: ['iam:GetPolicy'],
      read: async (reader, ref) =>
        useOf((await reader.call('iam', 'getPolicy', policyArn(ref))).Policy),
    },
    /** Ids of its versions, of which IAM keeps at most five. */
    versions: {
      actions: ['iam:ListPolicyVersions'],
      read: (reader, ref) =>
        collect(
          reader.pages('iam', 'listPolicyVersions', policyArn(ref)),
          (page) => page.Versions,
          ({ VersionId = '' }) => VersionId,
        ),
    },
    /** The document that is in force, as IAM answers with it, URL-encoded. */
    defaultVersion: {
      actions: ['iam:GetPolicy', 'iam:GetPolicyVersion'],
      read: async (reader, ref) => {
        const { Policy } = await reader.call('iam', 'getPolicy', policyArn(ref));
        const { PolicyVersion } = await reader.call('iam', 'getPolicyVersion', {
          ...policyArn(ref),
          VersionId: Policy?.DefaultVersionId,
        });
        return PolicyVersion?.Document ?? '';
      },
    },
  },
});
