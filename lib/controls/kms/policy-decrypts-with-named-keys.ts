import { defineControl } from '../../model/control.ts';
import { iamPolicy } from '../../resources/iam/iam-policy.ts';
import { proposeUse } from '../iam/shared/admin-plan.ts';
import { evaluateManaged } from '../iam/shared/admin-policy.ts';
import { decryptingStatements, decryptionAdvice } from './shared/decryption.ts';

export const policyDecryptsWithNamedKeys = defineControl(iamPolicy, {
  id: 'KMS.1',
  title: 'IAM customer managed policies should not allow decryption actions on all KMS keys',
  severity: 'MEDIUM',
  rationale: 'Who may decrypt with every key reads whatever he gets hold of, meant for him or not.',
  standards: {
    'fsbp-1.0.0': ['KMS.1'],
    'nist-800-53-r5': [
      ...['AC-2', 'AC-2(1)', 'AC-3', 'AC-3(15)', 'AC-3(7)', 'AC-5', 'AC-6', 'AC-6(3)'],
    ],
  },
  needs: ['defaultVersion', 'use'],
  evaluate(policy, { ref }) {
    return evaluateManaged(
      policy,
      decryptingStatements(ref),
      'the policy allows decrypting with every key',
    );
  },
  remediation: {
    advice: decryptionAdvice,
    grants: [],
    plan: (_, { arn }) => proposeUse(arn),
  },
});
