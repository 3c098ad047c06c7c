import {
  defineResourceType,
  type IdsIn,
  type Reader,
  type Ref,
} from '../../model/resource-type.ts';
import { iam } from '../../services/iam.ts';
import { isOmitted } from '../../support/omitted.ts';
import { at, lastName, named } from '../ids.ts';
import {
  attachedPolicy,
  collect,
  details,
  detailsActions,
  inlinePolicy,
  tagsOf,
} from './iam-details.ts';
import { iamGroup } from './iam-group.ts';
import { attachedInAnyOrder, documentActions, documentsOf, notItsOwn } from './iam-privileges.ts';
import { credentialFacets } from './iam-user-credentials.ts';

const byName = named({
  request: ['userName', 'newUserName'],
  response: ['user.userName', 'accessKey.userName', 'loginProfile.userName'],
  idOf: lastName,
});

// Those whose UserName may be left out (IAM API reference): IAM then takes the caller's.
const onCaller = [
  'ChangePassword',
  'CreateAccessKey',
  'UpdateAccessKey',
  'DeleteAccessKey',
  'CreateLoginProfile',
  'DeleteLoginProfile',
  'DeactivateMFADevice',
];

// The root user, whose own keys and devices are changed by the same calls and whom CloudTrail then calls "AWS ROOT
// USER", is no IAM user. Parameters that CloudTrail left out may name anybody.
const userNames: IdsIn = (detail, account) => {
  const names = byName(detail, account);
  if (names !== 'all') return names.filter((name) => /^[\w+=,.@-]+$/.test(name));
  const isTold = detail.requestParameters !== undefined && !isOmitted(detail);
  if (!isTold || !onCaller.includes(detail.eventName ?? '')) return 'all';
  const kind = at(detail, ['userIdentity', 'type']);
  const name = at(detail, ['userIdentity', 'userName']);
  if (kind === 'IAMUser' && typeof name === 'string' && name !== '') return [name];
  return kind === 'Root' ? [] : 'all';
};

const keys = ['accessKeys', 'accessKeyUse'] as const;
const password = ['loginProfile', 'passwordLastUsedAt'] as const;
const inline = ['inlinePolicyNames', 'inlinePolicies'] as const;
const everything = [...keys, ...password, 'mfaDevices', 'attachedPolicies', ...inline] as const;

const inlineNames = (reader: Reader, UserName: string): Promise<readonly string[]> =>
  collect(
    reader.pages('iam', 'listUserPolicies', { UserName }),
    (page) => page.PolicyNames,
    String,
  );

const readAttached = (reader: Reader, UserName: string) =>
  collect(
    reader.pages('iam', 'listAttachedUserPolicies', { UserName }),
    (page) => page.AttachedPolicies,
    attachedPolicy,
  );

const readInline = async (reader: Reader, UserName: string) => {
  const read = (await inlineNames(reader, UserName)).map((PolicyName) =>
    reader.call('iam', 'getUserPolicy', { UserName, PolicyName }),
  );
  return (await Promise.all(read)).map(inlinePolicy);
};

const readOfGroup = async (reader: Reader, ref: Ref): Promise<readonly string[]> =>
  documentsOf(
    reader,
    ref,
    await reader.facet(iamGroup, ref, 'attachedPolicies'),
    await reader.facet(iamGroup, ref, 'inlinePolicies'),
  );

const readPrivileges = async (reader: Reader, ref: Ref): Promise<readonly string[]> => {
  const { id: UserName } = ref;
  const groups = await collect(
    reader.pages('iam', 'listGroupsForUser', { UserName }),
    (page) => page.Groups,
    ({ GroupName = '' }) => GroupName,
  );
  const attached = await readAttached(reader, UserName);
  const own = await documentsOf(reader, ref, attached, await readInline(reader, UserName));
  const shared = await Promise.all(groups.map((id) => readOfGroup(reader, { ...ref, id })));
  return [...own, ...shared.flat()];
};

/** An IAM user; its id is the user's name. */
export const iamUser = defineResourceType({
  type: 'AWS::IAM::User',
  scope: 'global',
  securityHubType: 'AwsIamUser',
  live: {
    gone: ['NoSuchEntity'],
    settlesAfterSeconds: 30,
    announcements: [
      {
        via: 'cloudtrail',
        source: iam.eventSource,
        calls: {
          CreateUser: 'created',
          DeleteUser: 'deleted',
          UpdateUser: everything,
          CreateAccessKey: keys,
          UpdateAccessKey: keys,
          DeleteAccessKey: keys,
          CreateLoginProfile: password,
          UpdateLoginProfile: password,
          DeleteLoginProfile: password,
          ChangePassword: password,
          EnableMFADevice: ['mfaDevices'],
          DeactivateMFADevice: ['mfaDevices'],
          AttachUserPolicy: ['attachedPolicies'],
          DetachUserPolicy: ['attachedPolicies'],
          PutUserPolicy: inline,
          DeleteUserPolicy: inline,
        },
        idsIn: userNames,
      },
    ],
    list: {
      actions: detailsActions,
      page: async (reader, token) => {
        const { UserDetailList = [], next } = await details(reader, 'User', token);
        return {
          resources: UserDetailList.map((user) => ({
            id: user.UserName ?? '',
            about: { arn: user.Arn ?? '', tags: tagsOf(user.Tags) },
            facets: {
              createdAt: user.CreateDate ?? new Date(0),
              attachedPolicies: (user.AttachedManagedPolicies ?? []).map(attachedPolicy),
              inlinePolicyNames: (user.UserPolicyList ?? []).map(
                ({ PolicyName = '' }) => PolicyName,
              ),
              inlinePolicies: (user.UserPolicyList ?? []).map(inlinePolicy),
            },
          })),
          ...next,
        };
      },
    },
  },
  configurationItem: 'resourceName',
  about: {
    actions: ['iam:GetUser'],
    read: async (reader, { id }) => {
      const { User } = await reader.call('iam', 'getUser', { UserName: id });
      return { arn: User?.Arn ?? '', tags: tagsOf(User?.Tags) };
    },
  },
  facets: {
    ...credentialFacets,
    createdAt: {
      actions: ['iam:GetUser'],
      read: async (reader, { id }) =>
        (await reader.call('iam', 'getUser', { UserName: id })).User?.CreateDate ?? new Date(0),
    },
    attachedPolicies: {
      actions: ['iam:ListAttachedUserPolicies'],
      read: (reader, { id }) => readAttached(reader, id),
      ...attachedInAnyOrder,
    },
    /** Apart from `inlinePolicies`, which takes a call for each policy. */
    inlinePolicyNames: {
      actions: ['iam:ListUserPolicies'],
      read: (reader, { id }) => inlineNames(reader, id),
    },
    inlinePolicies: {
      actions: ['iam:ListUserPolicies', 'iam:GetUserPolicy'],
      read: (reader, { id }) => readInline(reader, id),
    },
    /** The documents of all policies that give the user privileges, its own and its groups'. */
    privileges: {
      actions: [
        'iam:ListGroupsForUser',
        'iam:ListAttachedUserPolicies',
        'iam:ListUserPolicies',
        'iam:GetUserPolicy',
        ...iamGroup.facets.attachedPolicies.actions,
        ...iamGroup.facets.inlinePolicies.actions,
        ...documentActions,
      ],
      read: readPrivileges,
      ...notItsOwn,
    },
  },
});
