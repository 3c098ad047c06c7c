import { parsePolicy } from '../../analysis/policies/policy-document.ts';
import { outsidersIn } from '../../analysis/policies/policy-outsiders.ts';
import { planWithoutOutsiders } from '../../analysis/policies/policy-trust.ts';
import { defineControl, fail, pass, propose, unknown } from '../../model/control.ts';
import { strings } from '../../model/parameters.ts';
import type { Ref } from '../../model/resource-type.ts';
import { evaluatedTypes } from './shared/evaluated-types.ts';
import { writerGrants, writerOf } from './shared/writers.ts';

interface Known {
  readonly trustedAccounts: readonly string[];
  readonly trustedOrganizations: readonly string[];
}
const knownTo = ({ account }: Ref, { trustedAccounts, trustedOrganizations }: Known) =>
  new Set([account, ...trustedAccounts, ...trustedOrganizations]);

export const policyNamesKnownAccounts = defineControl(evaluatedTypes, {
  id: 'PL.POLICY.1',
  title: 'Resource policies should name only known accounts and organizations',
  severity: 'HIGH',
  rationale:
    'Whoever controls an account that a policy names decides alone who there may use the resource.',
  standards: {},
  needs: ['policy'],
  parameters: {
    trustedAccounts: strings({
      default: [],
      allowed: 'account numbers of 12 digits, in quotes',
      pattern: /^\d{12}$/,
    }),
    trustedOrganizations: strings({
      default: [],
      allowed: 'ids of organizations, as o-a1b2c3d4e5',
      pattern: /^o-[a-z0-9]{10,32}$/,
    }),
  },
  evaluate({ policy }, { ref, parameters }) {
    if (policy === undefined) return pass;
    const parsed = parsePolicy(policy);
    if ('unreadable' in parsed)
      return unknown(`the policy cannot be made out: ${parsed.unreadable}`);
    const outsiders = outsidersIn(parsed.statements, ref.account, knownTo(ref, parameters));
    if (outsiders.length === 0) return pass;
    return fail(
      'the policy lets in unknown accounts',
      outsiders.map(({ path, principal, owners }) => ({
        path: `policy.${path}`,
        actual: { principal: `${principal.kind}: ${principal.id}`, of: owners },
        expected: 'accounts and organizations that trustedAccounts or trustedOrganizations names',
      })),
    );
  },
  remediation: {
    advice:
      'Take the account out of the policy, or, where it is known, name it in trustedAccounts or its organization in trustedOrganizations.',
    url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-concepts.html',
    grants: writerGrants,
    plan: ({ policy = '{}' }, { ref, arn, parameters }) => {
      const writer = writerOf(arn);
      return writer === undefined
        ? propose('permissions of a function are taken away one by one, by whoever knows their use')
        : planWithoutOutsiders(policy, writer, { ref, arn }, knownTo(ref, parameters));
    },
  },
});
