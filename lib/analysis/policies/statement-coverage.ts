import { patternSet } from '../../support/pattern-sets.ts';
import { overlaps } from '../../support/wildcards.ts';
import { networksOf, within } from '../network/sources.ts';
import type { Condition, Listing, Principal, Statement } from './policy-document.ts';
import { accountOf } from './principals.ts';

const coversPatterns = (wide: Listing, asked: Listing): boolean => {
  if (wide.not)
    return asked.not
      ? wide.patterns.every((one) => patternSet(asked.patterns).covers(one))
      : !asked.patterns.some((one) => wide.patterns.some((left) => overlaps(left, one)));
  const { covers } = patternSet(wide.patterns);
  return asked.not ? covers('*') : asked.patterns.every((one) => covers(one));
};
/** Names of actions ignore case. */
const lowered = ({ not, patterns }: Listing): Listing => ({
  not,
  patterns: patterns.map((one) => one.toLowerCase()),
});

const isAccount = (id: string): boolean => /^\d{12}$|^arn:[^:]+:iam::\d{12}:root$/.test(id);
const coversPrincipal = (wide: Principal, asked: Principal): boolean =>
  wide.kind === asked.kind &&
  (wide.id === asked.id ||
    (wide.kind === 'AWS' &&
      (wide.id === '*' || (isAccount(wide.id) && accountOf(wide.id) === accountOf(asked.id)))));
const coversPrincipals = (
  wide: Statement['principals'],
  asked: Statement['principals'],
): boolean => {
  if (!wide || !asked) return wide === asked;
  const isIn = (list: readonly Principal[], one: Principal) =>
    list.some((other) => coversPrincipal(other, one));
  // Whoever is left out of `wide` must be left out of `asked` too.
  if (wide.not) return asked.not && wide.list.every((one) => isIn(asked.list, one));
  return asked.not
    ? isIn(wide.list, { kind: 'AWS', id: '*' })
    : asked.list.every((one) => isIn(wide.list, one));
};

const exactly: Readonly<Record<string, string>> = {
  stringlike: 'stringequals',
  arnlike: 'arnequals',
};
const areWithin = (cidrs: readonly string[], blocks: readonly string[]): boolean => {
  const networks = networksOf(cidrs);
  return networks.length === cidrs.length && networks.every(within(networksOf(blocks)));
};
/** Whether each request that meets `narrow` meets `wide` too. */
const implies = (narrow: Condition, wide: Condition): boolean => {
  const { operator } = wide;
  const isSame = narrow.operator === operator || narrow.operator === exactly[operator];
  if (!isSame || narrow.key !== wide.key || narrow.set !== wide.set) return false;
  if (narrow.ifExists && !wide.ifExists) return false;
  if (narrow.values.length === 0 || wide.values.length === 0)
    return narrow.values.length === wide.values.length;
  if (operator.includes('not')) return wide.values.every((one) => narrow.values.includes(one));
  if (operator === 'ipaddress' && areWithin(narrow.values, wide.values)) return true;
  if (operator in exactly) {
    const { covers } = patternSet(wide.values);
    return narrow.values.every((one) => covers(one));
  }
  return narrow.values.every((one) => wide.values.includes(one));
};

type Sides = Pick<Statement, 'principals' | 'actions' | 'resources'>;
const coversSides = (wide: Sides, asked: Sides): boolean =>
  coversPrincipals(wide.principals, asked.principals) &&
  coversPatterns(lowered(wide.actions), lowered(asked.actions)) &&
  coversPatterns(wide.resources, asked.resources);

const mostPieces = 5000;
/** A statement cut into pieces of one principal, action and resource; `undefined` where there are too many. */
const piecesOf = ({ principals, actions, resources }: Sides): readonly Sides[] | undefined => {
  const single = ({ not, patterns }: Listing): readonly Listing[] =>
    not ? [{ not, patterns }] : patterns.map((one) => ({ not, patterns: [one] }));
  const each =
    !principals || principals.not
      ? [principals]
      : principals.list.map((one) => ({ not: false, list: [one] }));
  const [ofActions, ofResources] = [single(actions), single(resources)];
  if (each.length * ofActions.length * ofResources.length > mostPieces) return undefined;
  return each.flatMap((one) =>
    ofActions.flatMap((action) =>
      ofResources.map((resource) => ({ principals: one, actions: action, resources: resource })),
    ),
  );
};

/** Whether these statements, singly or together, cover a statement; `false` where that cannot be decided. */
export const isCovered = (asked: Statement, by: readonly Statement[]): boolean => {
  const wide = by.filter(
    ({ effect, conditions }) =>
      effect === asked.effect &&
      conditions.every((one) => asked.conditions.some((other) => implies(other, one))),
  );
  if (wide.some((one) => coversSides(one, asked))) return true;
  if (wide.length < 2) return false;
  return piecesOf(asked)?.every((piece) => wide.some((one) => coversSides(one, piece))) ?? false;
};
