import type { PasswordPolicy, UpdateAccountPasswordPolicyRequest } from '@aws-sdk/client-iam';
import {
  type Call,
  call,
  defineCombinedRemediation,
  type Plan,
  propose,
  type Risk,
} from '../../../model/control.ts';
import { iamAccount } from '../../../resources/account/iam-account.ts';
import { flags, minimums, type PasswordRules } from './password-policy.ts';

/**
 * What an account without a policy of its own has: 8 characters of three kinds (IAM user guide, "Default password
 * policy"). Which three cannot be left open in one's own.
 */
const defaultPolicy: UpdateAccountPasswordPolicyRequest = {
  MinimumPasswordLength: 8,
  RequireLowercaseCharacters: true,
  RequireUppercaseCharacters: true,
  RequireNumbers: true,
};

/** What sets a policy again: IAM answers with 0 for some that are not set, and takes none. */
const settingsOf = ({
  ExpirePasswords: _,
  ...policy
}: PasswordPolicy): UpdateAccountPasswordPolicyRequest =>
  Object.fromEntries(Object.entries(policy).filter(([, value]) => value || value === false));

const tightened = (
  before: UpdateAccountPasswordPolicyRequest,
  rules: PasswordRules,
): UpdateAccountPasswordPolicyRequest => {
  const after: UpdateAccountPasswordPolicyRequest = { ...before };
  for (const rule of flags) if (rules[rule]) after[rule] = true;
  for (const rule of minimums) {
    const least = Math.max(before[rule] ?? 0, rules[rule] ?? 0);
    if (least > 0) after[rule] = least;
  }
  const ages = [before.MaxPasswordAge, rules.MaxPasswordAge].filter((age) => age != null);
  if (ages.length > 0) after.MaxPasswordAge = Math.min(...ages);
  return after;
};

// IAM takes a policy as a whole: what is left out is set back to its default.
const set = (policy: UpdateAccountPasswordPolicyRequest): Call =>
  call('iam', 'updateAccountPasswordPolicy', policy);

const undoing = (before: PasswordPolicy | undefined): Call =>
  before
    ? set(settingsOf(before))
    : call('iam', 'deleteAccountPasswordPolicy', {}, ['NoSuchEntity', 'NoSuchEntityException']);

const expiresSooner = (
  before: UpdateAccountPasswordPolicyRequest,
  after: UpdateAccountPasswordPolicyRequest,
): boolean => after.MaxPasswordAge !== before.MaxPasswordAge;

const lockingOut = (after: UpdateAccountPasswordPolicyRequest): Plan =>
  propose(
    'who has an older password would be locked out at once: only administrators renew expired ones (HardExpiry)',
    [set(after)],
  );

const tighten = (
  passwordPolicy: PasswordPolicy | undefined,
  after: UpdateAccountPasswordPolicyRequest,
  risk: Risk,
): Plan => ({
  kind: 'calls',
  risk,
  summary: passwordPolicy
    ? 'tightens the password policy of the account, and keeps the rest of it'
    : 'gives the account a password policy of its own',
  calls: [set(after)],
  undo: { calls: [undoing(passwordPolicy)], widensAccess: true },
});

/**
 * Asks of the account's policy all that its controls ask for, at once: each would set the whole of it. Passwords that
 * are older than a new age expire at once, and with HardExpiry their users cannot set new ones (IAM user guide): who
 * asks for an age waits until that control is planned for.
 */
export const strongPasswordPolicy = defineCombinedRemediation(iamAccount, {
  name: 'passwordPolicy',
  needs: ['passwordPolicy'],
  // Neither action takes a resource.
  grants: [
    {
      actions: ['iam:UpdateAccountPasswordPolicy', 'iam:DeleteAccountPasswordPolicy'],
      on: () => ['*'],
    },
  ],
  plan({ passwordPolicy }, parts: readonly PasswordRules[]) {
    const before = passwordPolicy ? settingsOf(passwordPolicy) : defaultPolicy;
    const [first, ...others] = parts;
    const needed = tightened(before, first ?? {});
    const isSooner = expiresSooner(before, needed);
    if (isSooner && before.HardExpiry) return { plan: lockingOut(needed), left: others };
    const left = others.filter(
      (rules) => !isSooner && expiresSooner(before, tightened(before, rules)),
    );
    const after = others.filter((rules) => !left.includes(rules)).reduce(tightened, needed);
    return { plan: tighten(passwordPolicy, after, isSooner ? 'disruptive' : 'safe'), left };
  },
});
