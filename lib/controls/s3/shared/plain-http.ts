import type { Condition, Statement } from '../../../analysis/policies/policy-document.ts';
import { matchesAllBelow } from '../../../analysis/policies/policy-matching.ts';
import { namesEverybody } from '../../../analysis/policies/principals.ts';
import { matches } from '../../../support/wildcards.ts';

// An Allow over TLS does not refuse the rest, and a Deny of old TLS versions says nothing of requests without TLS.
const isWithoutTls = ({ operator, key, values }: Condition): boolean =>
  operator === 'bool' &&
  key === 'aws:securetransport' &&
  values.some((value) => value.toLowerCase() === 'false');

/** Refuses everybody every action without TLS, with no further condition that would limit the refusal. */
const refusesPlainHttp = (statement: Statement): boolean =>
  statement.effect === 'Deny' &&
  namesEverybody(statement) &&
  !statement.actions.not &&
  statement.actions.patterns.some((pattern) => matchesAllBelow(pattern.toLowerCase(), 's3:')) &&
  statement.conditions.every(isWithoutTls);

/** Of the bucket and its objects, those that answer somebody's requests without TLS. */
export const answeringPlainHttp = (statements: readonly Statement[], bucket: string): string[] => {
  const refused = statements
    .filter((statement) => refusesPlainHttp(statement) && !statement.resources.not)
    .flatMap(({ resources }) => resources.patterns);
  return [
    ...(refused.some((pattern) => matches(pattern, bucket)) ? [] : [bucket]),
    ...(refused.some((pattern) => matchesAllBelow(pattern, `${bucket}/`)) ? [] : [`${bucket}/*`]),
  ];
};

/** A Deny that refuses nothing over TLS, whomever and whatever it is about. */
export const refusesOnlyPlainHttp = ({ effect, conditions }: Statement): boolean =>
  effect === 'Deny' &&
  conditions.some(
    (condition) =>
      isWithoutTls(condition) && condition.values.every((value) => value.toLowerCase() === 'false'),
  );
