import { defineResourceType, type IdsIn, type Reader } from '../controls/control.ts';
import {
  attachedPolicy,
  collect,
  details,
  detailsActions,
  inlinePolicy,
  tagsOf,
} from './iam-details.ts';
import { credentialFacets } from './iam-user-credentials.ts';
import { at, idFrom, idsFrom } from './ids.ts';

const named = idsFrom('requestParameters.userName', 'requestParameters.newUserName');
const caller = idFrom('userIdentity.userName');

// Without a user name IAM takes the caller's. The root user, whose own keys and devices are changed by the same calls
// and whom CloudTrail then calls "AWS ROOT USER", is no IAM user.
const userNames: IdsIn = (detail, account) => {
  const names = named(detail, account);
  if (names !== 'all') return names.filter((name) => /^[\w+=,.@-]+$/.test(name));
  const kind = at(detail, ['userIdentity', 'type']);
  if (kind === 'IAMUser') return caller(detail, account);
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

/** An IAM user; its id is the user's name. */
export const iamUser = defineResourceType({
  type: 'AWS::IAM::User',
  scope: 'global',
  securityHubType: 'AwsIamUser',
  gone: ['NoSuchEntity'],
  settlesAfterSeconds: 30,
  announcements: [
    {
      via: 'cloudtrail',
      source: 'iam.amazonaws.com',
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
  configurationItem: 'resourceName',
  list: {
    actions: detailsActions,
    page: async (reader, token) => {
      const { UserDetailList = [], next } = await details(reader, 'User', token);
      return {
        resources: UserDetailList.map((user) => ({
          id: user.UserName ?? '',
          facets: {
            attachedPolicies: (user.AttachedManagedPolicies ?? []).map(attachedPolicy),
            inlinePolicyNames: (user.UserPolicyList ?? []).map(({ PolicyName = '' }) => PolicyName),
            inlinePolicies: (user.UserPolicyList ?? []).map(inlinePolicy),
          },
        })),
        ...next,
      };
    },
  },
  about: {
    actions: ['iam:GetUser'],
    read: async (reader, { id }) => {
      const { User } = await reader.call('iam', 'getUser', { UserName: id });
      return { arn: User?.Arn ?? '', tags: tagsOf(User?.Tags) };
    },
  },
  facets: {
    ...credentialFacets,
    attachedPolicies: {
      actions: ['iam:ListAttachedUserPolicies'],
      read: (reader, { id }) =>
        collect(
          reader.pages('iam', 'listAttachedUserPolicies', { UserName: id }),
          (page) => page.AttachedPolicies,
          attachedPolicy,
        ),
    },
    /** Apart from `inlinePolicies`, which takes a call for each policy. */
    inlinePolicyNames: {
      actions: ['iam:ListUserPolicies'],
      read: (reader, { id }) => inlineNames(reader, id),
    },
    inlinePolicies: {
      actions: ['iam:ListUserPolicies', 'iam:GetUserPolicy'],
      read: async (reader, { id: UserName }) => {
        const read = (await inlineNames(reader, UserName)).map((PolicyName) =>
          reader.call('iam', 'getUserPolicy', { UserName, PolicyName }),
        );
        return (await Promise.all(read)).map(inlinePolicy);
      },
    },
  },
});
