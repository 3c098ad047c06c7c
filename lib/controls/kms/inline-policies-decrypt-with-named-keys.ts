import { defineControl } from '../../model/control.ts';
import { iamGroup } from '../../resources/iam/iam-group.ts';
import { iamRole } from '../../resources/iam/iam-role.ts';
import { iamUser } from '../../resources/iam/iam-user.ts';
import { proposeUse } from '../iam/shared/admin-plan.ts';
import { evaluateInline } from '../iam/shared/admin-policy.ts';
import { decryptingStatements, decryptionAdvice } from './shared/decryption.ts';

export const inlinePoliciesDecryptWithNamedKeys = defineControl([iamUser, iamGroup, iamRole], {
  id: 'KMS.2',
  title: 'Inline policies of IAM principals should not allow decryption with all keys',
  severity: 'MEDIUM',
  rationale: 'Who may decrypt with every key reads whatever he gets hold of, meant for him or not.',
  standards: {
    'fsbp-1.0.0': ['KMS.2'],
    'nist-800-53-r5': [
      ...['AC-2', 'AC-2(1)', 'AC-3', 'AC-3(15)', 'AC-3(7)', 'AC-5', 'AC-6', 'AC-6(3)'],
    ],
  },
  needs: ['inlinePolicies'],
  evaluate({ inlinePolicies }, { ref }) {
    return evaluateInline(
      inlinePolicies,
      decryptingStatements(ref),
      'an inline policy allows decrypting with every key',
    );
  },
  remediation: {
    advice: decryptionAdvice,
    grants: [],
    plan: (_, { arn }) => proposeUse(arn),
  },
});
