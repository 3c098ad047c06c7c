import { evaluateOpenPolicy, planClosing } from '../../analysis/policies/open-policy.ts';
import { defineControl, notApplicable } from '../../model/control.ts';
import { kmsKey } from '../../resources/kms/kms-key.ts';
import { keyPolicy } from './shared/key-policy.ts';

export const keyPolicyIsNotPublic = defineControl(kmsKey, {
  id: 'KMS.5',
  title: 'KMS keys should not be publicly accessible',
  severity: 'CRITICAL',
  rationale:
    'Whoever may use a key reads what it encrypts, and whoever may administer it can destroy it.',
  standards: { 'fsbp-1.0.0': ['KMS.5'] },
  exposes: true,
  needs: ['key', 'policy'],
  evaluate: ({ key, policy }) =>
    key.manager === 'AWS'
      ? notApplicable('AWS writes the policies of its own keys')
      : evaluateOpenPolicy(policy, 'kms'),
  remediation: {
    advice:
      'Name the accounts and roles that use the key, or hold callers by kms:CallerAccount, aws:PrincipalOrgID or aws:SourceAccount with fixed values. kms:ViaService alone holds nobody: anybody can call through a service.',
    grants: [{ actions: ['kms:PutKeyPolicy'], on: ({ arn }) => [arn] }],
    plan: ({ policy }, place) => planClosing(policy, keyPolicy, place),
  },
});
