import { strings } from '../../model/parameters.ts';
import type { Ref } from '../../model/resource-type.ts';

/** Whom a baseline trusts beside the account itself. */
export interface Trusted {
  readonly trustedAccounts: readonly string[];
  readonly trustedOrganizations: readonly string[];
}

export const trustedParameters = {
  trustedAccounts: strings({
    default: [],
    allowed:
      'account numbers of 12 digits, in quotes; or governed, for those that the baseline governs',
    pattern: /^(\d{12}|governed)$/,
  }),
  trustedOrganizations: strings({
    default: [],
    allowed: 'ids of organizations, as o-a1b2c3d4e5',
    pattern: /^o-[a-z0-9]{10,32}$/,
  }),
};

/** The account itself and whom the baseline trusts, accounts and organizations. */
export const knownTo = (
  { account }: Ref,
  { trustedAccounts, trustedOrganizations }: Trusted,
): ReadonlySet<string> => new Set([account, ...trustedAccounts, ...trustedOrganizations]);
