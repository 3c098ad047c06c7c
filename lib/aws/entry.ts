import type { STS } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types';
import { iam } from '../services/iam.ts';
import { attempted, messageOf, sortError } from './errors.ts';

/** A role in another account may not be assumed: it is gone, trusts otherwise, or the account is closed. AWS does not say which. */
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
  /** STS of a region, never the global one: credentials of that are not valid in regions that an account has to enable. */
  readonly sts: () => Promise<STS>;
  /** The external id that the roles ask for, so that nobody else makes us assume them. @default - they ask for none */
  readonly externalId?: string;
  /** The accounts that may be entered; a role of the same name in another is never asked for. */
  readonly accounts: () => readonly string[];
  /** Whose roles they are: it says the partition. */
  readonly region: string;
  readonly sessionName: string;
  readonly clock?: () => Date;
}
export type Entry = (account: string, role: string) => AwsCredentialIdentityProvider;

/** Credentials are no longer given out for this long before they end. The SDK asks again five minutes before. */
const spareMs = 360_000;
/** How long a refusal counts, doubled after each further one: a batch of many resources asks once. */
const refusedMs = 60_000;
/** The longest that a refusal counts: whoever repairs a role does not wait longer. */
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
