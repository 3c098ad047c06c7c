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

/** Operators of patterns, and those that ask for one of what the patterns match. IAM takes ArnEquals for ArnLike. */
const exactly: Readonly<Record<string, string>> = {
  stringlike: 'stringequals',
  arnlike: 'arnlike',
};
const alike: Readonly<Record<string, string>> = {
  arnequals: 'arnlike',
  arnnotequals: 'arnnotlike',
};
/** Negated operators of patterns: who is outside of a wide pattern is outside of each narrower one. */
const outside: ReadonlySet<string> = new Set(['stringnotlike', 'arnnotlike']);

const partsOfArn = 6;
/** The parts of an ARN, each of which IAM compares by itself; the last one may have colons. */
const arnParts = (arn: string): readonly string[] => {
  const parts = arn.split(':');
  return [...parts.slice(0, partsOfArn - 1), parts.slice(partsOfArn - 1).join(':')];
};
/** Whether each text that a pattern matches is matched by one of others, as the operator compares them. */
const areCovered = (operator: string, narrow: readonly string[], wide: readonly string[]) => {
  const { covers } = patternSet(wide);
  if (!operator.startsWith('arn')) return narrow.every((one) => covers(one));
  return narrow.every((one) => {
    const parts = arnParts(one);
    return wide.some((other) => {
      const asked = arnParts(other);
      return other === one || parts.every((part, at) => patternSet([asked[at] ?? '']).covers(part));
    });
  });
};
const areWithin = (cidrs: readonly string[], blocks: readonly string[]): boolean => {
  const networks = networksOf(cidrs);
  return networks.length === cidrs.length && networks.every(within(networksOf(blocks)));
};
/** Whether each request that meets `narrow` meets `wide` too. */
const implies = (narrow: Condition, wide: Condition): boolean => {
  const operator = alike[wide.operator] ?? wide.operator;
  const own = alike[narrow.operator] ?? narrow.operator;
  const isSame = own === operator || own === exactly[operator];
  if (!isSame || narrow.key !== wide.key || narrow.set !== wide.set) return false;
  if (narrow.ifExists && !wide.ifExists) return false;
  if (narrow.values.length === 0 || wide.values.length === 0)
    return narrow.values.length === wide.values.length;
  if (outside.has(operator) && own === operator)
    return areCovered(operator, wide.values, narrow.values);
  if (operator.includes('not')) return wide.values.every((one) => narrow.values.includes(one));
  if (operator === 'ipaddress' && areWithin(narrow.values, wide.values)) return true;
  if (operator in exactly) return areCovered(operator, narrow.values, wide.values);
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
