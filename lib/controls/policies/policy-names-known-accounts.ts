import { evaluateStatements } from '../../analysis/policies/evaluate-statements.ts';
import type { Statement } from '../../analysis/policies/policy-document.ts';
import { actionPatterns } from '../../analysis/policies/policy-matching.ts';
import { outsidersIn } from '../../analysis/policies/policy-outsiders.ts';
import { planWithoutOutsiders } from '../../analysis/policies/policy-trust.ts';
import { knownTo, trustedParameters } from '../../analysis/policies/trusted-accounts.ts';
import { defineControl, fail, notApplicable, pass, propose } from '../../model/control.ts';
import { policyText } from '../../model/read-policy.ts';
import { earsBusName } from '../../resources/account/own-prefix.ts';
import { evaluatedTypes } from './shared/evaluated-types.ts';
import { elsewhere, writerGrants, writerOf } from './shared/writers.ts';

const isAboutBuses = (statement: Statement): boolean =>
  !statement.actions.not && actionPatterns(statement).every((one) => one.startsWith('events:'));

export const policyNamesKnownAccounts = defineControl(evaluatedTypes, {
  id: 'PL.POLICY.1',
  title: 'Resource policies should name only known accounts and organizations',
  severity: 'HIGH',
  rationale:
    'Whoever controls an account that a policy names decides alone who there may use the resource.',
  standards: {},
  needs: ['policy'],
  parameters: trustedParameters,
  evaluate: ({ policy }, { ref, parameters }) =>
    evaluateStatements(policy, (statements) => {
      // Our own bus names the accounts that are governed; PL.BLIND.5 says whether it is as it was deployed.
      if (ref.id === earsBusName && statements.every(isAboutBuses))
        return notApplicable('by this bus Plumbline hears the accounts that it governs');
      const outsiders = outsidersIn(statements, ref.account, knownTo(ref, parameters));
      if (outsiders.length === 0) return pass;
      return fail(
        'the policy lets in accounts that the baseline does not trust',
        outsiders.map(({ path, principal, owners }) => ({
          path: `policy.${path}`,
          actual: { principal: `${principal.kind}: ${principal.id}`, of: owners },
          expected: 'accounts and organizations that trustedAccounts or trustedOrganizations names',
        })),
      );
    }),
  remediation: {
    advice:
      'Take the account out of the policy, or, where it is known, name it in trustedAccounts, which may say governed for all that Plumbline governs, or its organization in trustedOrganizations.',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-concepts.html',
    needs: ['primaryRegion'],
    grants: writerGrants,
    plan: ({ policy, primaryRegion }, { ref, arn, parameters }) => {
      const copied = elsewhere(primaryRegion);
      if (copied) return copied;
      const writer = writerOf(arn);
      return writer === undefined
        ? propose('permissions of a function are taken away one by one, by whoever knows their use')
        : planWithoutOutsiders(
            policyText(policy) ?? '{}',
            writer,
            { ref, arn },
            knownTo(ref, parameters),
          );
    },
  },
});
