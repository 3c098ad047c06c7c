import type { UpdateAccountPasswordPolicyRequest } from '@aws-sdk/client-iam';
import type { Drift } from '../drift.ts';

const strong = {
  MinimumPasswordLength: 14,
  RequireUppercaseCharacters: true,
  RequireLowercaseCharacters: true,
  RequireNumbers: true,
  RequireSymbols: true,
  PasswordReusePrevention: 24,
  MaxPasswordAge: 90,
  AllowUsersToChangePassword: true,
} satisfies UpdateAccountPasswordPolicyRequest;

const policyDrift = (
  control: string,
  title: string,
  change: (policy: typeof strong) => UpdateAccountPasswordPolicyRequest | undefined,
): Drift => ({
  control,
  type: 'Plumbline::IAM::Account',
  title,
  arrange: async (clients) => {
    await (await clients('iam')).updateAccountPasswordPolicy(strong);
    return '123456789012';
  },
  drift: async (clients) => {
    const iam = await clients('iam');
    const weak = change(strong);
    return weak ? iam.updateAccountPasswordPolicy(weak) : iam.deleteAccountPasswordPolicy({});
  },
});

const cleared = (
  control: string,
  setting: Exclude<keyof typeof strong, 'AllowUsersToChangePassword'>,
): Drift =>
  policyDrift(control, `somebody leaves ${setting} out`, ({ [setting]: _, ...others }) => others);

export const passwordDrifts: readonly Drift[] = [
  policyDrift('IAM.7', 'somebody deletes the password policy', () => undefined),
  policyDrift('IAM.7', 'somebody sets one thing, and so all others back', () => ({
    AllowUsersToChangePassword: true,
  })),
  policyDrift('IAM.10', 'somebody lets passwords be used again', (policy) => ({
    ...policy,
    PasswordReusePrevention: 1,
  })),
  cleared('IAM.11', 'RequireUppercaseCharacters'),
  cleared('IAM.12', 'RequireLowercaseCharacters'),
  cleared('IAM.13', 'RequireSymbols'),
  cleared('IAM.14', 'RequireNumbers'),
  cleared('IAM.15', 'MinimumPasswordLength'),
  cleared('IAM.16', 'PasswordReusePrevention'),
  cleared('IAM.17', 'MaxPasswordAge'),
];
