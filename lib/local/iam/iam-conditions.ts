import { matches } from '../../support/wildcards.ts';
import { many, type OneOrMany } from './iam-match.ts';

/** Operator → condition key → values. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, OneOrMany<string>>>>>;

type Holds = (actual: string, wanted: string) => boolean;
const numeric =
  (holds: (a: number, b: number) => boolean): Holds =>
  (actual, wanted) =>
    holds(Number(actual), Number(wanted));
const dated =
  (holds: (a: number, b: number) => boolean): Holds =>
  (actual, wanted) =>
    holds(Date.parse(actual), Date.parse(wanted));

const equals: Holds = (actual, wanted) => actual === wanted;
const like: Holds = (actual, wanted) => matches(wanted, actual);
const sameIgnoringCase: Holds = (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase();

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
const operators: Readonly<Record<string, { holds: Holds; negated?: true }>> = {
  StringEquals: { holds: equals },
  StringNotEquals: { holds: equals, negated: true },
  StringEqualsIgnoreCase: { holds: sameIgnoringCase },
  StringNotEqualsIgnoreCase: { holds: sameIgnoringCase, negated: true },
  StringLike: { holds: like },
  StringNotLike: { holds: like, negated: true },
  ArnEquals: { holds: like },
  ArnLike: { holds: like },
  ArnNotEquals: { holds: like, negated: true },
  ArnNotLike: { holds: like, negated: true },
  Bool: { holds: sameIgnoringCase },
  NumericEquals: { holds: numeric((a, b) => a === b) },
  NumericLessThan: { holds: numeric((a, b) => a < b) },
  NumericLessThanEquals: { holds: numeric((a, b) => a <= b) },
  NumericGreaterThan: { holds: numeric((a, b) => a > b) },
  NumericGreaterThanEquals: { holds: numeric((a, b) => a >= b) },
  DateLessThan: { holds: dated((a, b) => a < b) },
  DateGreaterThan: { holds: dated((a, b) => a > b) },
};

const holdsFor = (
  name: string,
  actual: readonly string[] | undefined,
  wanted: readonly string[],
): boolean => {
  if (name === 'Null') return (actual === undefined) === (wanted[0] === 'true');
  const [, quantifier, base = '', ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(name) ?? [];
  const operator = operators[base];
  if (!operator) throw new Error(`the local IAM does not know the condition operator ${name}`);
  if (actual === undefined)
    return Boolean(ifExists || operator.negated || quantifier === 'ForAllValues');
  const meets = (value: string) =>
    wanted.some((want) => operator.holds(value, want)) !== Boolean(operator.negated);
  return quantifier === 'ForAnyValue' || (!quantifier && !operator.negated)
    ? actual.some(meets)
    : actual.every(meets);
};

/** Whether every condition of a statement holds; a key that the request lacks fails all but the negated operators. */
export const conditionsHold = (
  conditions: Conditions | undefined,
  context: ReadonlyMap<string, readonly string[]>,
): boolean =>
  Object.entries(conditions ?? {}).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) =>
      holdsFor(operator, context.get(key.toLowerCase()), many(wanted).map(String)),
    ),
  );
