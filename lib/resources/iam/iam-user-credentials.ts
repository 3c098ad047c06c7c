import type { Facets, Reader } from '../../model/resource-type.ts';
import { collect } from './iam-details.ts';

/** An access key without what is secret about it. */
export interface AccessKey {
  readonly id: string;
  readonly isActive: boolean;
  readonly createdAt: Date;
}
export interface AccessKeyUse extends AccessKey {
  /** `undefined` where it was never used. */
  readonly lastUsedAt: Date | undefined;
}

const keysOf = (reader: Reader, user: string): Promise<readonly AccessKey[]> =>
  collect(
    reader.pages('iam', 'listAccessKeys', { UserName: user }),
    (page) => page.AccessKeyMetadata,
    ({ AccessKeyId, Status, CreateDate }) => ({
      id: AccessKeyId ?? '',
      isActive: Status === 'Active',
      createdAt: CreateDate ?? new Date(0),
    }),
  );

const useOf = async (reader: Reader, key: AccessKey): Promise<AccessKeyUse> => {
  const answer = await reader.call('iam', 'getAccessKeyLastUsed', { AccessKeyId: key.id });
  return { ...key, lastUsedAt: answer.AccessKeyLastUsed?.LastUsedDate };
};

// When a credential was last used moves by itself.
const withoutUse = (value: unknown): unknown =>
  Array.isArray(value) ? value.map((key) => ({ ...Object(key), lastUsedAt: undefined })) : value;

/** The facets of a user that tell how one can sign in as that user. */
export const credentialFacets = {
  accessKeys: {
    actions: ['iam:ListAccessKeys'],
    read: (reader, { id }) => keysOf(reader, id),
  },
  /** When each key was last used; apart from `accessKeys`, since it takes a call for each key. */
  accessKeyUse: {
    actions: ['iam:ListAccessKeys', 'iam:GetAccessKeyLastUsed'],
    read: async (reader, { id }) => {
      const keys = await keysOf(reader, id);
      return Promise.all(keys.map((key) => useOf(reader, key)));
    },
    comparable: withoutUse,
  },
  /**
   * `undefined` where there is no console password. IAM gives the same code for a user that is gone: a control that
   * needs this facet needs another of the user as well.
   */
  loginProfile: {
    actions: ['iam:GetLoginProfile'],
    absent: ['NoSuchEntity'],
    read: async (reader, { id }) => {
      const { LoginProfile } = await reader.call('iam', 'getLoginProfile', { UserName: id });
      return { createdAt: LoginProfile?.CreateDate ?? new Date(0) };
    },
  },
  /**
   * `undefined` where there is no console password, or it was never used. IAM would still tell of one that was deleted:
   * most users have none, and that is known by the call that `loginProfile` makes.
   */
  passwordLastUsedAt: {
    actions: ['iam:GetLoginProfile', 'iam:GetUser'],
    absent: ['NoSuchEntity'],
    read: async (reader, { id }) => {
      await reader.call('iam', 'getLoginProfile', { UserName: id });
      return (await reader.call('iam', 'getUser', { UserName: id })).User?.PasswordLastUsed;
    },
    comparable: () => undefined,
  },
  /** Serial numbers of virtual and hardware devices and of passkeys. */
  mfaDevices: {
    actions: ['iam:ListMFADevices'],
    read: (reader, { id }) =>
      collect(
        reader.pages('iam', 'listMFADevices', { UserName: id }),
        (page) => page.MFADevices,
        ({ SerialNumber }) => SerialNumber ?? '',
      ),
  },
} as const satisfies Facets;
