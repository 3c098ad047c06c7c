import { defineControl } from '../../model/control.ts';
import { boolean, integer, optionalInteger } from '../../model/parameters.ts';
import { iamAccount } from '../../resources/account/iam-account.ts';
import { evaluatePasswordPolicy } from './shared/password-policy.ts';
import { strongPasswordPolicy } from './shared/password-policy-plan.ts';

export const passwordPolicyIsStrong = defineControl(iamAccount, {
  id: 'IAM.7',
  title: 'Password policies for IAM users should have strong configurations',
  severity: 'MEDIUM',
  rationale:
    'The password policy is all that keeps IAM users from choosing a password that is guessed.',
  standards: {
    'fsbp-1.0.0': ['IAM.7'],
    'nist-800-53-r5': ['AC-2(1)', 'AC-2(3)', 'AC-3(15)', 'IA-5(1)'],
    'pci-dss-4.0.1': ['8.3.6', '8.3.7', '8.3.9', '8.3.10.1', '8.6.3'],
  },
  needs: ['passwordPolicy'],
  parameters: {
    RequireUppercaseCharacters: boolean({ default: true }),
    RequireLowercaseCharacters: boolean({ default: true }),
    RequireSymbols: boolean({ default: true }),
    RequireNumbers: boolean({ default: true }),
    MinimumPasswordLength: integer({ default: 8, min: 8, max: 128 }),
    PasswordReusePrevention: optionalInteger({ min: 12, max: 24 }),
    MaxPasswordAge: optionalInteger({ min: 1, max: 90 }),
  },
  evaluate: ({ passwordPolicy }, { parameters }) =>
    evaluatePasswordPolicy(passwordPolicy, parameters),
  remediation: {
    advice:
      'Set a password policy for the account that asks for what is missing (IAM, Account settings). Users keep their password until they change it next.',
    combined: strongPasswordPolicy,
    part: (_, { parameters }) => parameters,
  },
});
