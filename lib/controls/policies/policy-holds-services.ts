import { evaluateStatements } from '../../analysis/policies/evaluate-statements.ts';
import { unheldServices } from '../../analysis/policies/policy-services.ts';
import { proposeHolding } from '../../analysis/policies/policy-trust.ts';
import { defineControl, fail, pass, propose } from '../../model/control.ts';
import { policyText } from '../../model/read-policy.ts';
import { evaluatedTypes } from './shared/evaluated-types.ts';
import { elsewhere, writerOf } from './shared/writers.ts';

export const policyHoldsServices = defineControl(evaluatedTypes, {
  id: 'PL.POLICY.2',
  title: 'Resource policies should say for whom services of AWS may act',
  severity: 'MEDIUM',
  rationale:
    'A service that may act for anybody does for a stranger what he himself may not, if he knows the name of the resource.',
  standards: {},
  needs: ['policy'],
  evaluate: ({ policy }, { ref }) =>
    evaluateStatements(policy, (statements) => {
      const unheld = unheldServices(statements, ref.account);
      if (unheld.length === 0) return pass;
      return fail(
        'the policy does not say for whom a service may act',
        unheld.map(({ path, service }) => ({
          path: `policy.${path}.Condition`,
          actual: service,
          expected: 'a condition on aws:SourceArn, aws:SourceAccount or aws:SourceOrgID',
        })),
      );
    }),
  remediation: {
    advice:
      'Add a condition on aws:SourceArn, and on aws:SourceAccount where the ARN holds no account, as that of a bucket. Where the service acts for several accounts, hold it by aws:SourceOrgID.',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
    needs: ['primaryRegion'],
    grants: [],
    plan: ({ policy, primaryRegion }, { ref, arn }) => {
      const copied = elsewhere(primaryRegion);
      if (copied) return copied;
      const writer = writerOf(arn);
      return writer === undefined
        ? propose('the permission is to be given anew, with a condition')
        : proposeHolding(policyText(policy) ?? '{}', writer, { ref, arn });
    },
  },
});
