import {
  parsePolicy,
  policyText,
  type Statement,
} from '../../../analysis/policies/policy-document.ts';
import { isDeletedId } from '../../../analysis/policies/principals.ts';
import { call, type Grant, type Plan, propose } from '../../../model/control.ts';
import { identityOf } from './attached-policies.ts';
import { letsOthersIn } from './last-way-in.ts';
import { type Trustee, trustees } from './trust-policy.ts';

export const trustGrants: readonly Grant[] = [
  { actions: ['iam:UpdateAssumeRolePolicy'], on: ({ arn }) => [arn] },
];

export interface RoleState {
  readonly trustPolicy: string;
  /** Documents of the role's own policies. */
  readonly privileges: readonly string[];
}

const statementsOf = (document: string): readonly Statement[] => {
  const parsed = parsePolicy(document);
  return 'statements' in parsed ? parsed.statements : [];
};
export const trusteesIn = (document: string, account: string): readonly Trustee[] =>
  trustees(statementsOf(document), account);

// IAM saves no policy that names one ("Invalid principal in policy").
const namesDeleted = (document: string): boolean =>
  statementsOf(document).some(({ principals }) =>
    principals?.list.some(({ id }) => isDeletedId(id)),
  );

// The quota unless it was raised; IAM does not count white space.
const mostCharacters = 2048;
const isTooLong = (document: string): boolean =>
  document.replace(/\s/g, '').length > mostCharacters;

const hindranceOf = (
  { trustPolicy, privileges }: RoleState,
  after: string,
  arn: string,
): string | undefined => {
  if (namesDeleted(trustPolicy))
    return 'the trust policy names an identity that was deleted, and IAM saves none that does';
  if (isTooLong(after)) return 'the trust policy would be longer than IAM allows';
  const named = /^(AWS: (?!\*$)|Federated)/;
  const isReached = trusteesIn(after, arn.split(':')[4] ?? '').some((one) =>
    named.test(one.principal),
  );
  if (!isReached && letsOthersIn(privileges, arn))
    return 'the role administers IAM, and for those who are meant it may be the only way in';
  return undefined;
};

/** Sets a trust policy that lets fewer in; left to a person where it cannot be set, or may lock everybody out. */
export const planTrust = (state: RoleState, after: string, arn: string, summary: string): Plan => {
  const RoleName = identityOf(arn).name;
  const set = (PolicyDocument: string) =>
    call('iam', 'updateAssumeRolePolicy', { RoleName, PolicyDocument });
  const hindrance = hindranceOf(state, after, arn);
  if (hindrance) return propose(hindrance, [set(after)]);
  return {
    kind: 'calls',
    // Whoever is shut out was not to get in by this, but may rely on it.
    risk: 'disruptive',
    summary,
    calls: [set(after)],
    undo: { calls: [set(policyText(state.trustPolicy))], widensAccess: true },
  };
};
