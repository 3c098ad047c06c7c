import { parsePolicy, type Statement } from '../../../analysis/policies/policy-document.ts';
import { coversAction } from '../../../analysis/policies/policy-matching.ts';
import type { Evidence } from '../../../model/control.ts';
import { canonicalJson } from '../../../support/canonical-json.ts';

const sorted = (texts: readonly string[]): readonly string[] => [...new Set(texts)].toSorted();

/** A statement without what says nothing: order, and where it stands. */
const meaningOf = ({ path: _, principals, actions, resources, conditions, ...rest }: Statement) =>
  canonicalJson({
    ...rest,
    principals: principals && {
      not: principals.not,
      list: sorted(principals.list.map(({ kind, id }) => `${kind} ${id}`)),
    },
    actions: { ...actions, patterns: sorted(actions.patterns) },
    resources: { ...resources, patterns: sorted(resources.patterns) },
    conditions: sorted(
      conditions.map((one) => canonicalJson({ ...one, values: sorted(one.values) })),
    ),
  });

const told = ({ sid, effect, principals, actions }: Statement): string => {
  const who = principals?.list.map(({ id }) => id).join(', ') ?? '';
  const name = sid === undefined ? '' : `${sid}: `;
  const not = [actions.not ? 'all but ' : '', principals?.not ? 'all but ' : ''];
  return `${name}${effect} ${not[0]}${actions.patterns.join(', ')} to ${not[1]}${who}`;
};

const statementsOf = (policy: unknown): readonly Statement[] | string => {
  if (policy === undefined) return [];
  const text = typeof policy === 'string' ? policy : JSON.stringify(policy);
  const document = parsePolicy(text);
  return 'unreadable' in document ? document.unreadable : document.statements;
};

/** Where a policy says something else than the stack: statements that are not the stack's, and those that are gone. */
export const policyEvidence = (
  path: string,
  policy: string | undefined,
  wanted: unknown,
): readonly Evidence[] => {
  const [now, ours] = [statementsOf(policy), statementsOf(wanted)];
  const expected = 'as it was deployed';
  if (typeof now === 'string' || typeof ours === 'string')
    return [{ path, actual: typeof now === 'string' ? now : ours, expected }];
  const [there, meant] = [now.map(meaningOf), ours.map(meaningOf)];
  const [isThere, isMeant] = [new Set(there), new Set(meant)];
  return [
    ...now.flatMap((one, index) =>
      isMeant.has(there[index] ?? '')
        ? []
        : [{ path: `${path}.${one.path}`, actual: told(one), expected }],
    ),
    ...ours.flatMap((one, index) =>
      isThere.has(meant[index] ?? '') ? [] : [{ path, actual: `without ${told(one)}`, expected }],
    ),
  ];
};

const writing = ['s3:PutObject', 's3:DeleteObject', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy'];

/** Statements by which somebody may exchange what is deployed; the CDK's own policy allows nothing. */
export const writersEvidence = (path: string, policy: string | undefined): readonly Evidence[] => {
  const statements = statementsOf(policy);
  const expected = 'nobody may write by it';
  if (typeof statements === 'string') return [{ path, actual: statements, expected }];
  return statements
    .filter(({ effect }) => effect === 'Allow')
    .filter((one) => writing.some((action) => coversAction(one, action)))
    .map((one) => ({ path: `${path}.${one.path}`, actual: told(one), expected }));
};
