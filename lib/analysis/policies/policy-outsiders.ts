import { firstInFewer, patternLists } from './pattern-lists.ts';
import { boundOf, type Owners, sparedBy } from './policy-bounds.ts';
import type { Principal, Statement } from './policy-document.ts';
import { actionPatterns } from './policy-matching.ts';
import { accountOf, isDeletedId, isFixed, namesEverybody } from './principals.ts';
import { isForNobodyElse, resourcesAsked } from './public-statements.ts';

/** An account or organization that nobody named as known, and whom a policy lets in. */
export interface Outsider {
  /** `Statement[0].Principal`. */
  readonly path: string;
  readonly principal: Principal;
  readonly owners: Owners;
  /** The principal itself is of that account, and can be taken out. */
  readonly isNamed: boolean;
}
type Known = ReadonlySet<string>;

/** The Deny statements that shut out all but known accounts. */
const sparingKnown = (
  statements: readonly Statement[],
  account: string,
  known: Known,
): readonly Statement[] =>
  statements.filter(
    (one) =>
      one.effect === 'Deny' &&
      namesEverybody(one) &&
      !one.actions.not &&
      !one.resources.not &&
      sparedBy(one, account).some((owners) => owners.every((owner) => known.has(owner))),
  );

/** Tells whether one of these statements takes all of an Allow back. */
const takingBack = (denials: readonly Statement[]) => {
  const ofActions = patternLists(denials.map(actionPatterns));
  const ofResources = patternLists(denials.map(({ resources }) => resources.patterns));
  return (allow: Statement): boolean => {
    if (allow.actions.not) return false;
    const [actions, resources] = [actionPatterns(allow), resourcesAsked(allow)];
    const found = firstInFewer(
      ofActions.candidates(actions),
      ofResources.candidates(resources),
      (index) => ofResources.covers(index, resources) && ofActions.covers(index, actions),
    );
    return found !== undefined;
  };
};

const ownersNamed = ({ kind, id }: Principal): Owners => {
  if (kind === 'Service' || kind === 'CanonicalUser' || isDeletedId(id)) return [];
  const owner = accountOf(id);
  return owner !== undefined && isFixed(owner) ? [owner] : [];
};

/** The accounts that conditions hold callers to, where the principal does not say whose they are. */
const ownersHeld = (bounds: readonly Owners[], known: Known): Owners => {
  const named = bounds.filter((owners) => !owners.includes('unknown'));
  return (named[0] ?? []).filter((owner) => !known.has(owner));
};

/**
 * The accounts and organizations that a policy lets in by their names and that are not known. Whom it lets in without
 * naming anybody, the public, is no matter of this.
 */
export const outsidersIn = (
  statements: readonly Statement[],
  account: string,
  known: Known,
): readonly Outsider[] => {
  const isTakenBack = takingBack(sparingKnown(statements, account, known));
  return statements.flatMap((allow) => {
    const { effect, principals, conditions, path } = allow;
    if (effect === 'Deny' || !principals || principals.not || isForNobodyElse(allow)) return [];
    const bounds = conditions.flatMap((one) => {
      const bound = boundOf(one, account);
      return bound ? [bound] : [];
    });
    const isHeldToKnown = bounds.some((owners) => owners.every((owner) => known.has(owner)));
    if (isHeldToKnown || isTakenBack(allow)) return [];
    return principals.list.flatMap((principal) => {
      const named = ownersNamed(principal);
      const isNamed = named.length > 0;
      const owners = isNamed
        ? named.filter((owner) => !known.has(owner))
        : ownersHeld(bounds, known);
      return owners.length === 0 ? [] : [{ path: `${path}.Principal`, principal, owners, isNamed }];
    });
  });
};
