import type { PasswordPolicy } from '@aws-sdk/client-iam';
import { fail, pass, type Verdict } from '../../../model/control.ts';

/** What a password policy must ask for, under the names that Security Hub and IAM share. */
export interface PasswordRules {
  readonly RequireUppercaseCharacters?: boolean;
  readonly RequireLowercaseCharacters?: boolean;
  readonly RequireSymbols?: boolean;
  readonly RequireNumbers?: boolean;
  /** Characters at least. */
  readonly MinimumPasswordLength?: number | null;
  /** Former passwords, at least, that cannot be used again. */
  readonly PasswordReusePrevention?: number | null;
  /** Days at most. */
  readonly MaxPasswordAge?: number | null;
}

export const flags = [
  'RequireUppercaseCharacters',
  'RequireLowercaseCharacters',
  'RequireSymbols',
  'RequireNumbers',
] as const;
export const minimums = ['MinimumPasswordLength', 'PasswordReusePrevention'] as const;

const broken = (policy: PasswordPolicy, rules: PasswordRules) => {
  const found: { rule: keyof PasswordRules; expected: unknown }[] = [];
  for (const rule of flags)
    if (rules[rule] && policy[rule] !== true) found.push({ rule, expected: true });
  for (const rule of minimums) {
    const least = rules[rule] ?? 0;
    if ((policy[rule] ?? 0) < least) found.push({ rule, expected: `${least} or more` });
  }
  const most = rules.MaxPasswordAge ?? undefined;
  // Absent or 0: passwords never expire.
  const age = policy.MaxPasswordAge || Number.POSITIVE_INFINITY;
  if (most !== undefined && age > most)
    found.push({ rule: 'MaxPasswordAge', expected: `1 to ${most}` });
  return found;
};

/** Without a policy of its own an account has AWS's default one, which AWS Config counts as failing too. */
export const evaluatePasswordPolicy = (
  policy: PasswordPolicy | undefined,
  rules: PasswordRules,
): Verdict => {
  if (!policy)
    return fail('the account has no password policy of its own', [
      { path: 'passwordPolicy', actual: null, expected: rules },
    ]);
  const found = broken(policy, rules);
  if (found.length === 0) return pass;
  return fail(
    `the password policy is weak in ${found.map(({ rule }) => rule).join(', ')}`,
    found.map(({ rule, expected }) => ({
      path: `passwordPolicy.${rule}`,
      actual: policy[rule] ?? null,
      expected,
    })),
  );
};
