import type { Call, Control } from '../../model/control.ts';
import type { Ref } from '../../model/resource-type.ts';
import { canonicalJson } from '../../support/canonical-json.ts';
import { keyOf } from '../changes/change.ts';
import { isRemediated, type Place } from '../changes/place.ts';
import type { Action } from './action.ts';
import { type Failing, type Planned, planOf } from './planning.ts';
import type { SessionGrant } from './session-policy.ts';

// What an action calls is what the catalogue plans for its before-image. What stands in the ledger beside that image is
// compared with it, and never carried out by itself.

type Facets = Readonly<Record<string, unknown>>;

/** Facets as a plan takes them: what an image keeps as `null` was absent. */
const stateIn = ({ before = {}, basis }: Action): Facets =>
  Object.fromEntries(
    Object.entries({ ...before, ...basis?.facets }).map(([name, value]) => [
      name,
      value ?? undefined,
    ]),
  );

/** What the catalogue plans for the before-image of an action; `undefined` where it plans nothing. */
export const derivedFrom = (action: Action, known: readonly Control[]): Planned | undefined => {
  const { basis, ref, arn, controls } = action;
  if (!basis) return undefined;
  const failing = controls.flatMap((id): Failing[] => {
    const control = known.find((one) => one.id === id);
    return control ? [{ control, parameters: basis.parameters[id] ?? {} }] : [];
  });
  if (failing.length < controls.length) return undefined;
  return planOf(failing, stateIn(action), { ref, arn, at: new Date(basis.at) });
};

const isSame = (a: unknown, b: unknown): boolean => canonicalJson(a) === canonicalJson(b);

/** Why what an action says is not what the catalogue says of the same before-image. */
export const whyNotDerived = (
  { id, plan, grants, controls }: Action,
  derived: Planned | undefined,
): string | undefined => {
  if (!derived) return `what ${id} did cannot be derived again from what was there before`;
  const { plan: again } = derived;
  const is = `is not what ${controls.join(', ')} plans for what was there before`;
  if (plan?.kind !== 'calls' || again.kind !== 'calls') return `the plan of ${id} ${is}`;
  if (!isSame(derived.controls, controls)) return `what ${id} is about ${is}`;
  if (!isSame(plan.calls, again.calls)) return `what ${id} calls ${is}`;
  if (!isSame(plan.undo, again.undo)) return `the undo of ${id} ${is}`;
  if (!isSame(grants, derived.grants)) return `what ${id} may do ${is}`;
  return undefined;
};

/** Why an undo that was begun is not that of the action that it takes back. */
export const whyNotUndoOf = (undo: Action, original: Action): string | undefined => {
  const { plan } = original;
  const back: readonly Call[] | undefined =
    plan?.kind === 'calls' && 'calls' in plan.undo ? plan.undo.calls : undefined;
  const is =
    undo.plan?.kind === 'calls' &&
    undo.undoes === original.id &&
    keyOf(undo) === keyOf(original) &&
    isSame(undo.controls, original.controls) &&
    isSame(undo.plan.calls, back) &&
    isSame(undo.grants, original.grants) &&
    isSame(undo.wanted, original.before);
  return is ? undefined : `${undo.id} is not the undo of ${original.id}`;
};

interface Subject {
  readonly type: string;
  readonly ref: Ref;
}

/** Why an action that was looked up is none of this resource, or of none that may be put right. */
export const whyElsewhere = (
  action: Action,
  id: string,
  asked: Subject,
  place: Pick<Place, 'account' | 'regions' | 'remediated'>,
): string | undefined => {
  if (action.id !== id) return `what is kept as ${id} is ${action.id}`;
  if (keyOf(action) !== keyOf(asked)) return `${id} is of ${keyOf(action)}, not of ${keyOf(asked)}`;
  if (!isRemediated(action.ref, place)) return `${id} is of account ${action.ref.account}`;
  const isGoverned = place.regions.includes(action.ref.region);
  return isGoverned ? undefined : `${id} is of region ${action.ref.region}`;
};

/** Accounts that an ARN may name beside our own: none in a bucket's, AWS's own policies, lists that others share. */
const isOwnArn = (arn: string, account: string): boolean => {
  const [, , service, , owner = ''] = arn.split(':');
  if (arn === '*' || owner === '' || owner === account) return true;
  return (service === 'iam' && owner === 'aws') || arn.includes(':prefix-list/');
};

/** Why grants reach beyond this account. */
export const whyBeyond = (grants: readonly SessionGrant[], account: string): string | undefined => {
  const far = grants.flatMap(({ resources }) => resources).find((arn) => !isOwnArn(arn, account));
  return far && `it may do something on ${far}, which is not of account ${account}`;
};
