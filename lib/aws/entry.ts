import type { STS } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types';
import { iam } from '../services/iam.ts';
import { attempted, messageOf, sortError } from './errors.ts';

/** A role in another account may not be assumed: it is gone, trusts otherwise, or the account is closed. AWS says not which. */
export class NotEnteredError extends Error {
  override readonly name = 'NotEnteredError';
  readonly account: string;

  constructor(account: string, cause: unknown) {
    super(`account ${account} could not be entered: ${messageOf(cause)}`, { cause });
    this.account = account;
  }
}
export const isNotEntered = (failure: unknown): failure is NotEnteredError =>
  failure instanceof NotEnteredError;

export interface EntryOptions {
  /** Of a region, never of the world: what that gives does not count in regions that an account has to enable. */
  readonly sts: () => Promise<STS>;
  /** What the roles ask for, so that nobody else has them assumed by us. @default - they ask for nothing */
  readonly externalId?: string;
  /** The accounts that may be entered; a role of the same name in another is never asked for. */
  readonly accounts: () => readonly string[];
  /** Whose roles they are: it says the partition. */
  readonly region: string;
  readonly sessionName: string;
  readonly clock?: () => Date;
}
export type Entry = (account: string, role: string) => AwsCredentialIdentityProvider;

/** So long before they end credentials are no longer given out. The SDK asks again five minutes before. */
const spareMs = 360_000;
/** For so long a refusal counts, and after each further one twice as long: a batch of many resources asks once. */
const refusedMs = 60_000;
/** Whoever puts a role right does not wait longer than that. */
const mostRefusedMs = 960_000;

interface Known {
  readonly credentials: Promise<AwsCredentialIdentity>;
  until: number;
  /** How often in a row it was refused. */
  refusals: number;
}

/** Credentials of roles in other accounts, kept for each account and role until shortly before they end. */
export const createEntry = (options: EntryOptions): Entry => {
  const { sts, externalId, region, sessionName, clock = () => new Date() } = options;
  const known = new Map<string, Known>();

  const assume = async (account: string, role: string): Promise<AwsCredentialIdentity> => {
    const asked = await attempted(async () =>
      (await sts()).assumeRole({
        RoleArn: iam.arn('role', { account, region }, role),
        RoleSessionName: sessionName,
        ...(externalId === undefined ? {} : { ExternalId: externalId }),
      }),
    );
    if ('failure' in asked) {
      const { failure } = asked;
      throw sortError(failure, {}).kind === 'denied'
        ? new NotEnteredError(account, failure)
        : failure;
    }
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } =
      asked.value.Credentials ?? {};
    if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration)
      throw new Error(`STS gave no credentials of ${role} in ${account}`);
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      expiration: Expiration,
    };
  };

  const renewed = (key: string, account: string, role: string): Known => {
    const refusals = known.get(key)?.refusals ?? 0;
    const entry: Known = {
      credentials: assume(account, role),
      until: Number.POSITIVE_INFINITY,
      refusals,
    };
    known.set(key, entry);
    entry.credentials.then(
      ({ expiration }) => {
        entry.until = (expiration?.getTime() ?? 0) - spareMs;
        entry.refusals = 0;
      },
      (failure: unknown) => {
        if (!isNotEntered(failure)) {
          entry.until = 0;
          return;
        }
        entry.until = clock().getTime() + Math.min(mostRefusedMs, refusedMs * 2 ** refusals);
        entry.refusals = refusals + 1;
      },
    );
    return entry;
  };

  return (account, role) => async () => {
    if (!options.accounts().includes(account))
      throw new NotEnteredError(account, 'the baseline does not name it');
    const key = `${account} ${role}`;
    const before = known.get(key);
    const entry = before && before.until > clock().getTime() ? before : renewed(key, account, role);
    return entry.credentials;
  };
};
