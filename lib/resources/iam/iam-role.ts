import { defineResourceType, type Reader, type Ref } from '../../model/resource-type.ts';
import { iam } from '../../services/iam.ts';
import { lastName, named } from '../ids.ts';
import { attachedPolicy, details, detailsActions, inlinePolicy, tagsOf } from './iam-details.ts';
import { iamPolicy } from './iam-policy.ts';
import { attachedInAnyOrder, documentActions, documentsOf, notItsOwn } from './iam-privileges.ts';
import { readAttached, readInline } from './role-policies.ts';

const privilegeActions = [
  'iam:ListAttachedRolePolicies',
  'iam:ListRolePolicies',
  'iam:GetRolePolicy',
  ...documentActions,
] as const;
/** The documents of all policies of a role. */
const readDocuments = async (reader: Reader, ref: Ref) => {
  const attached = await readAttached(reader, ref.id);
  return documentsOf(reader, ref, attached, await readInline(reader, ref.id));
};

/** Whether guests may be among those whom a trust policy names: it stands for everybody, or says who signs their tokens. */
const mayTrustGuests = (document = ''): boolean =>
  /cognito-identity|NotPrincipal|(?:"|%22)(?:\*|%2A)(?:"|%22)/i.test(document);

/** An IAM role; its id is the role's name. */
export const iamRole = defineResourceType({
  type: 'AWS::IAM::Role',
  scope: 'global',
  securityHubType: 'AwsIamRole',
  live: {
    gone: ['NoSuchEntity'],
    settlesAfterSeconds: 30,
    announcements: [
      {
        via: 'cloudtrail',
        source: iam.eventSource,
        calls: {
          CreateRole: 'created',
          CreateServiceLinkedRole: 'created',
          DeleteRole: 'deleted',
          DeleteServiceLinkedRole: 'deleted',
          UpdateAssumeRolePolicy: ['trustPolicy', 'guestPrivileges'],
          AttachRolePolicy: ['attachedPolicies', 'guestPrivileges'],
          DetachRolePolicy: ['attachedPolicies', 'guestPrivileges'],
          PutRolePolicy: ['inlinePolicies', 'guestPrivileges'],
          DeleteRolePolicy: ['inlinePolicies', 'guestPrivileges'],
          PutRolePermissionsBoundary: ['guestPrivileges'],
          DeleteRolePermissionsBoundary: ['guestPrivileges'],
        },
        idsIn: named({ request: ['roleName'], response: ['role.roleName'], idOf: lastName }),
      },
    ],
    list: {
      actions: detailsActions,
      page: async (reader, token) => {
        const { RoleDetailList = [], next } = await details(reader, 'Role', token);
        return {
          resources: RoleDetailList.map((role) => ({
            id: role.RoleName ?? '',
            about: { arn: role.Arn ?? '', tags: tagsOf(role.Tags) },
            facets: {
              path: role.Path ?? '/',
              trustPolicy: role.AssumeRolePolicyDocument ?? '',
              attachedPolicies: (role.AttachedManagedPolicies ?? []).map(attachedPolicy),
              inlinePolicies: (role.RolePolicyList ?? []).map(inlinePolicy),
              ...(mayTrustGuests(role.AssumeRolePolicyDocument)
                ? {}
                : { guestPrivileges: undefined }),
            },
          })),
          ...next,
        };
      },
    },
  },
  configurationItem: 'resourceName',
  about: {
    actions: ['iam:GetRole'],
    read: async (reader, { id }) => {
      const { Role } = await reader.call('iam', 'getRole', { RoleName: id });
      return { arn: Role?.Arn ?? '', tags: tagsOf(Role?.Tags) };
    },
  },
  facets: {
    /** `/aws-service-role/…` and `/aws-reserved/…` are AWS's own roles, which the account cannot change. */
    path: {
      actions: ['iam:GetRole'],
      read: async (reader, { id }) =>
        (await reader.call('iam', 'getRole', { RoleName: id })).Role?.Path ?? '/',
    },
    /** Who can assume the role: the document as IAM answers with it, URL-encoded. */
    trustPolicy: {
      actions: ['iam:GetRole'],
      read: async (reader, { id }) =>
        (await reader.call('iam', 'getRole', { RoleName: id })).Role?.AssumeRolePolicyDocument ??
        '',
    },
    attachedPolicies: {
      actions: ['iam:ListAttachedRolePolicies'],
      read: (reader, { id }) => readAttached(reader, id),
      ...attachedInAnyOrder,
    },
    inlinePolicies: {
      actions: ['iam:ListRolePolicies', 'iam:GetRolePolicy'],
      read: (reader, { id }) => readInline(reader, id),
    },
    /**
     * What guests of a pool of Cognito would get of it: the documents as IAM answers with them, and what its boundary leaves.
     * Nothing where it evidently trusts none. A new version of a policy it shows with the next read.
     */
    guestPrivileges: {
      actions: ['iam:GetRole', ...privilegeActions],
      read: async (reader, ref) => {
        const { Role } = await reader.call('iam', 'getRole', { RoleName: ref.id });
        if (!mayTrustGuests(Role?.AssumeRolePolicyDocument)) return undefined;
        const limit = Role?.PermissionsBoundary?.PermissionsBoundaryArn;
        return {
          documents: await readDocuments(reader, ref),
          boundary:
            limit && (await reader.facet(iamPolicy, { ...ref, id: limit }, 'defaultVersion')),
        };
      },
    },
    privileges: { actions: privilegeActions, read: readDocuments, ...notItsOwn },
  },
});
