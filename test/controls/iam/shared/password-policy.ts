/** A password policy as IAM answers with it: what nobody set has its default. */
export const policyOf = (set: { readonly [setting: string]: number | boolean }) => ({
  passwordPolicy: {
    MinimumPasswordLength: 6,
    RequireSymbols: false,
    RequireNumbers: false,
    RequireUppercaseCharacters: false,
    RequireLowercaseCharacters: false,
    AllowUsersToChangePassword: true,
    ExpirePasswords: Number(set['MaxPasswordAge'] ?? 0) > 0,
    ...set,
  },
});

const tightened = {
  risk: 'safe',
  calls: ['iam.updateAccountPasswordPolicy'],
  undo: 'widens',
} as const;
/** The rest of the policy is sent along. */
export const keeping = (input: object) => ({
  ...tightened,
  summary: /tightens/,
  input: { AllowUsersToChangePassword: true, ...input },
});
/** At least as strict as what AWS has for accounts without a policy. */
export const fromNone = (input: object = {}) => ({
  ...tightened,
  summary: /policy of its own/,
  input: {
    MinimumPasswordLength: 8,
    RequireLowercaseCharacters: true,
    RequireUppercaseCharacters: true,
    RequireNumbers: true,
    ...input,
  },
});
