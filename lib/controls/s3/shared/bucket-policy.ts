import {
  letsOnlyKnownThrough,
  sparesOnlyKnown,
} from '../../../analysis/policies/policy-conditions.ts';
import type { Statement } from '../../../analysis/policies/policy-document.ts';
import {
  matchesAllBelow,
  matchesSomeBelow,
  subsumes,
} from '../../../analysis/policies/policy-matching.ts';
import { isKnownParty, namesEverybody } from '../../../analysis/policies/principals.ts';

export type Access = 'read' | 'write';

const reads = ['s3:describe', 's3:get', 's3:list'];
const writes = [
  ...['s3:abort', 's3:allow', 's3:associate', 's3:bypass', 's3:create', 's3:delete'],
  ...['s3:dissociate', 's3:initiate', 's3:objectowner', 's3:pause', 's3:put', 's3:replicate'],
  ...['s3:restore', 's3:submit', 's3:tag', 's3:untag', 's3:update'],
];
/** What the names of S3's actions begin with, in lower case, by what they let a caller do. */
export const beginnings: Readonly<Record<Access, readonly string[]>> = {
  read: reads,
  write: writes,
};

/** Whether an action pattern, in lower case, reaches an action of this side. */
export const reaches = (pattern: string, access: Access): boolean => {
  const isRead = reads.some((beginning) => matchesSomeBelow(pattern, beginning));
  if (access === 'read') return isRead;
  // An action that S3 adds later counts as a write until its name is known.
  return !isRead || writes.some((beginning) => matchesSomeBelow(pattern, beginning));
};

const lowerCase = ({ actions }: Statement): readonly string[] =>
  actions.patterns.map((pattern) => pattern.toLowerCase());

const allows = (statement: Statement, access: Access): boolean => {
  const patterns = lowerCase(statement);
  if (!statement.actions.not) return patterns.some((pattern) => reaches(pattern, access));
  return !beginnings[access].every((beginning) =>
    patterns.some((pattern) => matchesAllBelow(pattern, beginning)),
  );
};

/** Whether a statement speaks to callers that nobody can name beforehand. */
const isOpen = ({ principals, conditions }: Statement): boolean =>
  (!principals || principals.not || !principals.list.every(isKnownParty)) &&
  !conditions.some(letsOnlyKnownThrough);

export const coversResources = (deny: Statement, allow: Statement): boolean => {
  if (deny.resources.not) return false;
  const asked = allow.resources.not ? ['*'] : allow.resources.patterns;
  return asked.every((narrow) => deny.resources.patterns.some((wide) => subsumes(wide, narrow)));
};

const coversActions = (deny: Statement, allow: Statement, access: Access): boolean => {
  if (deny.actions.not) return false;
  const denied = lowerCase(deny);
  const deniesAll = beginnings[access].every((beginning) =>
    denied.some((pattern) => matchesAllBelow(pattern, beginning)),
  );
  if (deniesAll || allow.actions.not) return deniesAll;
  return lowerCase(allow)
    .filter((pattern) => reaches(pattern, access))
    .every((narrow) => denied.some((wide) => subsumes(wide, narrow)));
};

const deniesStrangers = ({ effect, principals, conditions }: Statement): boolean =>
  effect === 'Deny' &&
  (namesEverybody({ principals }) ||
    (principals?.not === true && principals.list.every(isKnownParty))) &&
  conditions.every(sparesOnlyKnown);

/**
 * The statements that open a bucket to the public, as Block Public Access understands it: each Allow must name fixed
 * parties or hold its callers to fixed values. A Deny counts where it alone evidently takes all of an Allow back.
 */
export const publicStatements = (
  statements: readonly Statement[],
  access: Access,
): readonly Statement[] => {
  const open = statements.filter(
    (one) => one.effect === 'Allow' && isOpen(one) && allows(one, access),
  );
  if (open.length === 0) return open;
  const denials = statements.filter(deniesStrangers);
  return open.filter(
    (allow) =>
      !denials.some((deny) => coversResources(deny, allow) && coversActions(deny, allow, access)),
  );
};
