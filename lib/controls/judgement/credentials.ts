import { type Evidence, fail, passUntil, type Verdict } from '../control.ts';

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

/** Fails from the moment at which the first credential expires; until then passes, to be judged again at it. */
export const judgeExpiry = (
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
