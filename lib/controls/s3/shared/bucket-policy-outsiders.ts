import { firstIn, patternLists } from '../../../analysis/policies/pattern-lists.ts';
import {
  letsOnlyAccountThrough,
  sparesOnlyAccount,
} from '../../../analysis/policies/policy-conditions.ts';
import type { Principal, Statement } from '../../../analysis/policies/policy-document.ts';
import { actionPatterns } from '../../../analysis/policies/policy-matching.ts';
import {
  accountOf,
  isDeletedId,
  isFixed,
  namesEverybody,
} from '../../../analysis/policies/principals.ts';
import { resourcesAsked } from '../../../analysis/policies/public-statements.ts';
import type { Evidence } from '../../../model/control.ts';
import { covers } from '../../../support/pattern-sets.ts';
import { overlaps } from '../../../support/wildcards.ts';

// S3 shows a CloudFront origin access identity as a user of "cloudfront": like one who was deleted it is no other account.
const isNobodys = (id: string): boolean =>
  isDeletedId(id) || /^arn:[^:]+:iam::cloudfront:user\//.test(id);

const isOutsider = ({ kind, id }: Principal, account: string): boolean => {
  if (kind === 'Service') return !isFixed(id);
  return accountOf(id) !== account && !(kind === 'AWS' && isNobodys(id));
};

/**
 * Whether a statement is for callers of this account alone. Of an access point of the account that cannot be said: its
 * own policy decides whom it lets through.
 */
export const isForAccountAlone = ({ conditions }: Statement, account: string): boolean =>
  conditions.some(
    (condition) => condition.key.startsWith('aws:') && letsOnlyAccountThrough(condition, account),
  );

/** Whether a statement reaches some of what an action pattern asks for. */
const reaches = (statement: Statement, asked: string): boolean => {
  const patterns = actionPatterns(statement);
  return statement.actions.not
    ? !covers(patterns, asked)
    : patterns.some((pattern) => overlaps(pattern, asked));
};

const deniesOutsiders = (statement: Statement, account: string): boolean =>
  statement.effect === 'Deny' &&
  namesEverybody(statement) &&
  statement.conditions.every((condition) => sparesOnlyAccount(condition, account));

/** Tells whether one of these Deny statements takes an action pattern back from all that a statement is about. */
const takenBack = (asked: string, denials: readonly Statement[]) => {
  const about = denials.filter(
    (deny) => !deny.actions.not && !deny.resources.not && covers(actionPatterns(deny), asked),
  );
  const lists = patternLists(about.map(({ resources }) => resources.patterns));
  return (allow: Statement): boolean => {
    const resources = resourcesAsked(allow);
    const found = firstIn(lists.candidates(resources), (index) => lists.covers(index, resources));
    return found !== undefined;
  };
};

const outsidersOf = ({ principals }: Statement, account: string): readonly string[] => {
  if (!principals || principals.not) return ['everybody'];
  return principals.list
    .filter((principal) => isOutsider(principal, account))
    .map(({ kind, id }) => `${kind}: ${id}`);
};

/**
 * The grants of these action patterns to principals of other accounts. Unlike the AWS Config rule, which reads
 * no conditions, a statement that lets only principals of the own account through is none.
 */
export const outsideGrants = (
  statements: readonly Statement[],
  account: string,
  patterns: readonly string[],
): readonly Evidence[] => {
  const denials = statements.filter((statement) => deniesOutsiders(statement, account));
  const all = patterns.map((pattern) => {
    const asked = pattern.toLowerCase();
    return { pattern, asked, isTakenBack: takenBack(asked, denials) };
  });
  return statements
    .filter(
      ({ effect, conditions }) =>
        effect === 'Allow' &&
        !conditions.some((condition) => letsOnlyAccountThrough(condition, account)),
    )
    .flatMap((statement) => {
      const principals = outsidersOf(statement, account);
      if (principals.length === 0) return [];
      const actions = all
        .filter(({ asked, isTakenBack }) => reaches(statement, asked) && !isTakenBack(statement))
        .map(({ pattern }) => pattern);
      if (actions.length === 0) return [];
      return [
        {
          path: `policy.${statement.path}.${statement.principals?.not ? 'NotPrincipal' : 'Principal'}`,
          actual: { principals, actions },
          expected: 'none of these actions for other accounts',
        },
      ];
    });
};
