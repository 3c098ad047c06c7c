import type { EventDetail, IdsIn } from '../../model/resource-type.ts';
import { iam } from '../../services/iam.ts';
import { isOmitted } from '../../support/omitted.ts';
import { collect } from '../iam/iam-details.ts';
import { at, textsAt } from '../ids.ts';
import { accountWide } from './wide.ts';

// A privileged session that AWS Organizations opens on a member account acts as its root user too.
const isRoot = (detail: EventDetail): boolean =>
  at(detail, ['userIdentity', 'type']) === 'Root' ||
  String(at(detail, ['userIdentity', 'arn'])).endsWith(':root');

const byRoot: IdsIn = (detail, account) => (isRoot(detail) ? [account] : []);
const ofSupportPolicy: IdsIn = (detail, account) =>
  isOmitted(detail) ||
  textsAt(detail, 'requestParameters', 'policyArn').some((arn) =>
    arn.endsWith(':aws:policy/AWSSupportAccess'),
  )
    ? [account]
    : [];

const columns = {
  password: 'password_last_used',
  firstKey: 'access_key_1_last_used_date',
  secondKey: 'access_key_2_last_used_date',
} as const;

/** The cells of the root user in a credential report. No cell before them holds a comma: names of users may, root has none. */
const rootUseIn = (report: string) => {
  const [header = '', ...rows] = report.split(/\r?\n/);
  const names = header.split(',');
  const cells = rows.find((row) => row.startsWith('<root_account>,'))?.split(',') ?? [];
  const cell = (column: string): string => cells[names.indexOf(column)] ?? '';
  return {
    password: cell(columns.password),
    firstKey: cell(columns.firstKey),
    secondKey: cell(columns.secondKey),
  };
};

/** What IAM keeps for the account; CloudTrail calls the root user "AWS ROOT USER", or names nobody. */
export const iamAccount = accountWide({
  type: 'Plumbline::IAM::Account',
  announcements: [
    {
      via: 'cloudtrail',
      source: iam.eventSource,
      calls: {
        UpdateAccountPasswordPolicy: ['passwordPolicy'],
        DeleteAccountPasswordPolicy: ['passwordPolicy'],
      },
      idsIn: (_, account) => [account],
    },
    {
      via: 'cloudtrail',
      source: iam.eventSource,
      calls: {
        CreateAccessKey: ['summary'],
        UpdateAccessKey: ['summary'],
        DeleteAccessKey: ['summary'],
        CreateLoginProfile: ['summary'],
        DeleteLoginProfile: ['summary'],
        EnableMFADevice: ['summary', 'rootVirtualMfaDevices'],
        DeactivateMFADevice: ['summary', 'rootVirtualMfaDevices'],
      },
      idsIn: byRoot,
    },
    {
      via: 'cloudtrail',
      source: iam.eventSource,
      calls: {
        AttachGroupPolicy: ['supportAccess'],
        AttachRolePolicy: ['supportAccess'],
        AttachUserPolicy: ['supportAccess'],
        DetachGroupPolicy: ['supportAccess'],
        DetachRolePolicy: ['supportAccess'],
        DetachUserPolicy: ['supportAccess'],
      },
      idsIn: ofSupportPolicy,
    },
    {
      via: 'service',
      source: 'aws.signin',
      // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html
      detailType: 'AWS Console Sign In via CloudTrail',
      effect: ['rootUse'],
      idsIn: byRoot,
    },
  ],
  facets: {
    passwordPolicy: {
      actions: ['iam:GetAccountPasswordPolicy'],
      absent: ['NoSuchEntity'],
      read: async (reader) =>
        (await reader.call('iam', 'getAccountPasswordPolicy', {})).PasswordPolicy,
      // IAM takes no 0: what was never set, or set back, may come as either. ExpirePasswords only says that there is an age.
      comparable: (value) =>
        value &&
        Object.fromEntries(
          Object.entries(value).filter(([name, setting]) => setting && name !== 'ExpirePasswords'),
        ),
    },
    summary: {
      actions: ['iam:GetAccountSummary'],
      read: async (reader) => (await reader.call('iam', 'getAccountSummary', {})).SummaryMap ?? {},
    },
    /** Serial numbers of the root user's virtual devices; hardware devices and passkeys are not listed by IAM. */
    rootVirtualMfaDevices: {
      actions: ['iam:ListVirtualMFADevices'],
      read: async (reader) => {
        const devices = await collect(
          reader.pages('iam', 'listVirtualMFADevices', { AssignmentStatus: 'Assigned' }),
          (page) => page.VirtualMFADevices,
          ({ SerialNumber = '', User }) => ({ serial: SerialNumber, owner: User?.Arn ?? '' }),
        );
        return devices.filter(({ owner }) => owner.endsWith(':root')).map(({ serial }) => serial);
      },
    },
    /**
     * When the root user's password and access keys were last used, as the credential report writes it: a time, or a word
     * for never. IAM makes the report anew once in four hours; until a first one is made, reading fails and is tried again.
     * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
     */
    rootUse: {
      actions: ['iam:GenerateCredentialReport', 'iam:GetCredentialReport'],
      read: async (reader) => {
        await reader.call('iam', 'generateCredentialReport', {});
        const { Content } = await reader.call('iam', 'getCredentialReport', {});
        return rootUseIn(new TextDecoder().decode(Content));
      },
      comparable: () => undefined,
    },
    /** Names of the users, groups and roles that have the policy AWSSupportAccess. */
    supportAccess: {
      actions: ['iam:ListEntitiesForPolicy'],
      absent: ['NoSuchEntity'],
      read: (reader) =>
        collect(
          reader.pages('iam', 'listEntitiesForPolicy', {
            PolicyArn: iam.arn('policy', { ...reader, account: 'aws' }, 'AWSSupportAccess'),
          }),
          ({ PolicyRoles = [], PolicyUsers = [], PolicyGroups = [] }) => [
            ...PolicyRoles.map(({ RoleName }) => RoleName),
            ...PolicyUsers.map(({ UserName }) => UserName),
            ...PolicyGroups.map(({ GroupName }) => GroupName),
          ],
          String,
        ),
    },
  },
});
