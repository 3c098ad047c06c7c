import { type Evidence, fail, passUntil, type Verdict } from '../../../model/control.ts';
import { plural } from '../../../support/plural.ts';

/** A credential, and when it becomes too old or has gone unused for too long. */
export interface Credential {
  readonly evidence: Evidence;
  /** `the password`, `access key AKIA…MPLE`. */
  readonly name: string;
  readonly expiresAt: Date;
}

export const daysAfter = (date: Date, days: number): Date =>
  new Date(date.getTime() + days * 86_400_000);

/** An access key's id is no secret, but findings travel far. */
export const maskedKeyId = (id: string): string => `${id.slice(0, 4)}…${id.slice(-4)}`;

/** Fails from the moment at which the first credential expires; until then passes, to be evaluated again at it. */
export const evaluateExpiry = (
  credentials: readonly Credential[],
  at: Date,
  reason: (names: string) => string,
): Verdict => {
  const expired = credentials.filter(({ expiresAt }) => expiresAt <= at);
  if (expired.length > 0)
    return fail(
      reason(expired.map(({ name }) => name).join(' and ')),
      expired.map(({ evidence }) => evidence),
    );
  const times = credentials.map(({ expiresAt }) => expiresAt.getTime());
  return passUntil(times.length > 0 ? new Date(Math.min(...times)) : undefined);
};

export interface Use {
  readonly loginProfile: { readonly createdAt: Date } | undefined;
  readonly passwordLastUsedAt: Date | undefined;
  readonly accessKeyUse: readonly {
    readonly id: string;
    readonly isActive: boolean;
    readonly createdAt: Date;
    readonly lastUsedAt: Date | undefined;
  }[];
}

/** A credential that was never used counts from its making; so does a new password, whatever the one before it did. */
export const unusedSince = (createdAt: Date, usedAt: Date | undefined): Date =>
  usedAt !== undefined && usedAt > createdAt ? usedAt : createdAt;

/** Fails where a password or an active key was not used for so many days, or never since it was made so long ago. */
export const evaluateUse = (use: Use, maxDays: number, at: Date): Verdict => {
  const credential = (name: string, path: string, createdAt: Date, usedAt: Date | undefined) => ({
    name,
    expiresAt: daysAfter(unusedSince(createdAt, usedAt), maxDays),
    evidence: {
      path,
      actual: usedAt?.toISOString() ?? `never, since ${createdAt.toISOString()}`,
      expected: `less than ${plural(maxDays, 'day')} ago`,
    },
  });
  const { loginProfile, passwordLastUsedAt, accessKeyUse } = use;
  const password = loginProfile && [
    credential('the password', 'passwordLastUsedAt', loginProfile.createdAt, passwordLastUsedAt),
  ];
  const active = accessKeyUse.filter(({ isActive }) => isActive);
  const keys = active.map(({ id, createdAt, lastUsedAt }) => {
    const masked = maskedKeyId(id);
    const path = `accessKeyUse.${masked}.lastUsedAt`;
    return credential(`access key ${masked}`, path, createdAt, lastUsedAt);
  });
  return evaluateExpiry(
    [...(password ?? []), ...keys],
    at,
    (names) => `${names} was not used for ${plural(maxDays, 'day')}`,
  );
};
