import type { Statement } from '../../../analysis/policies/policy-document.ts';
import { matchesSomeBelow } from '../../../analysis/policies/policy-matching.ts';
import { openStatements, type Side } from '../../../analysis/policies/public-statements.ts';

export type Access = 'read' | 'write';

const reads = ['s3:describe', 's3:get', 's3:list'];
const writes = [
  ...['s3:abort', 's3:allow', 's3:associate', 's3:bypass', 's3:create', 's3:delete'],
  ...['s3:dissociate', 's3:initiate', 's3:objectowner', 's3:pause', 's3:put', 's3:replicate'],
  ...['s3:restore', 's3:submit', 's3:tag', 's3:untag', 's3:update'],
];

/** Whether an action pattern, in lower case, reaches an action of this side. */
export const reaches = (pattern: string, access: Access): boolean => {
  const isRead = reads.some((beginning) => matchesSomeBelow(pattern, beginning));
  if (access === 'read') return isRead;
  // An action that S3 adds later counts as a write until its name is known.
  return !isRead || writes.some((beginning) => matchesSomeBelow(pattern, beginning));
};

/** S3's actions by what they let a caller do. */
export const sides: Readonly<Record<Access, Side>> = {
  read: { beginnings: reads, reaches: (pattern) => reaches(pattern, 'read') },
  write: { beginnings: writes, reaches: (pattern) => reaches(pattern, 'write') },
};

/** The statements that open a bucket to the public, to read or to write. */
export const publicStatements = (
  statements: readonly Statement[],
  access: Access,
): readonly Statement[] => openStatements(statements, sides[access]);
