import type { Owners } from '../../../analysis/policies/policy-bounds.ts';
import {
  editPolicy,
  elementOf,
  type Written,
  withElement,
  withoutPrincipals,
} from '../../../analysis/policies/policy-editing.ts';
import { type Plan, propose } from '../../../model/control.ts';
import { onceEach } from '../../../support/once.ts';
import { planTrust, type RoleState, trusteesIn } from './trust-plan.ts';
import { isTooMany, knowing, type Trustee } from './trust-policy.ts';

const isStar = (kind: string, id: string): boolean => kind.toLowerCase() === 'aws' && id === '*';

/** Held to this account, where no condition says that it is meant for somebody else. */
const heldTo = (statement: Written, account: string): Written =>
  elementOf(statement, 'condition') === undefined
    ? withElement(statement, 'Condition', { StringEquals: { 'aws:PrincipalAccount': account } })
    : statement;

/**
 * Takes everybody out of the statements that name others too; one that names nobody else is held to this account.
 * Who is meant by an identity provider, a NotPrincipal or a condition is for a person to say.
 */
export const narrowTrust = (state: RoleState, arn: string, account: string): Plan => {
  const untrusted = trusteesIn(state.trustPolicy, account).filter(isTooMany);
  const open = new Set(untrusted.map(({ path }) => path));
  const after = editPolicy(state.trustPolicy, (statement, path) =>
    open.has(`${path}.Principal`)
      ? (withoutPrincipals(statement, isStar) ?? heldTo(statement, account))
      : statement,
  );
  if (after === undefined || trusteesIn(after, account).some(isTooMany))
    return propose('the trust policy does not tell whom the role is meant for');
  const summary = 'shuts out of the role whoever is neither named nor of this account';
  return planTrust(state, after, arn, summary);
};

/** Tells whether it is certain that nobody of those who are meant is known. */
const foreignTo = (known: ReadonlySet<string>): ((trustee: Trustee) => boolean) => {
  const isUnknown = onceEach((list: readonly Owners[]) =>
    list.every((owners) => owners.every((owner) => !known.has(owner))),
  );
  const isSure = onceEach((list: readonly Owners[]) =>
    list.some((owners) => owners.every((owner) => owner !== 'unknown')),
  );
  return ({ bounds }) => bounds.every(isUnknown) && bounds.some(isSure);
};

/** Takes the principals of unknown accounts out of the trust policy, and statements that are about nobody else. */
export const trustOnlyKnown = (
  state: RoleState,
  arn: string,
  account: string,
  known: ReadonlySet<string>,
): Plan => {
  const foreign = trusteesIn(state.trustPolicy, account).filter(foreignTo(known));
  const out = new Set(foreign.map(({ path, principal }) => `${path} ${principal}`.toLowerCase()));
  const touched = new Set(foreign.map(({ path }) => path));
  const after = editPolicy(state.trustPolicy, (statement, path) =>
    touched.has(`${path}.Principal`)
      ? withoutPrincipals(statement, (kind, id) =>
          out.has(`${path}.Principal ${kind}: ${id}`.toLowerCase()),
        )
      : statement,
  );
  const left = trusteesIn(after ?? '{}', account);
  if (after === undefined || left.length === 0)
    return propose('nobody else may assume the role: an account that is meant is to be named');
  if (!left.every(knowing(known)))
    return propose('the trust policy does not tell which of those who are meant are known');
  return planTrust(state, after, arn, 'takes principals of unknown accounts out of the role');
};
