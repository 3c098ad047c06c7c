import { parseJson } from '../../support/json.ts';
import { isRecord } from '../../support/untyped.ts';
import { type Principal, parsePolicy, policyText, type Statement } from './policy-document.ts';
import { elementOf, type Written, withElement } from './policy-editing.ts';
import { isKnownParty } from './principals.ts';
import { openStatements, type Side } from './public-statements.ts';

const written = (text: string): Written => {
  const policy: unknown = parseJson(policyText(text));
  return isRecord(policy) ? policy : {};
};

/** The statements of a policy as they are written, in the order in which `parsePolicy` reads them. */
export const writtenStatements = (text: string): readonly Written[] =>
  [elementOf(written(text), 'statement')].flat().filter(isRecord);

/** The policy with these statements in place of its own: `Version`, on which the reading of variables hangs, and `Id` stay. */
export const withStatements = (text: string, statements: readonly Written[]): string =>
  JSON.stringify(withElement(written(text), 'Statement', statements));

export const withoutSid = (statement: Written): Written =>
  Object.fromEntries(Object.entries(statement).filter(([key]) => key.toLowerCase() !== 'sid'));

/** As it is written in a statement: the ids by their kinds. */
export const principalElement = (list: readonly Principal[]): Written => {
  const kinds = [...new Set(list.map(({ kind }) => kind))];
  return Object.fromEntries(
    kinds.map((kind) => [kind, list.filter((one) => one.kind === kind).map(({ id }) => id)]),
  );
};

/** With one more key that must equal a value; `undefined` where the statement asks something else of the key already. */
export const heldBy = (statement: Written, key: string, value: string): Written | undefined => {
  const asked = elementOf(statement, 'condition');
  const conditions = isRecord(asked) ? asked : {};
  const equal = elementOf(conditions, 'stringequals');
  const keys = isRecord(equal) ? equal : {};
  if (elementOf(keys, key.toLowerCase()) !== undefined) return undefined;
  const held = { ...keys, [key]: value };
  return withElement(statement, 'Condition', withElement(conditions, 'StringEquals', held));
};

/** A statement for everybody, of those known in it as it is, of all others for callers of this account and services that act for it. */
const closed = (
  fields: Written,
  { principals }: Statement,
  account: string,
): readonly Written[] | undefined => {
  const listed = principals && !principals.not ? principals.list : [];
  const known = listed.filter(isKnownParty);
  const unknown = listed.filter((principal) => !isKnownParty(principal));
  // Services and identity providers have no account of their own to be held to; a NotPrincipal names nobody.
  if (unknown.length === 0 || unknown.some(({ kind }) => kind !== 'AWS')) return undefined;
  const open =
    known.length > 0 ? withElement(fields, 'Principal', principalElement(unknown)) : fields;
  const held = ['aws:PrincipalAccount', 'aws:SourceAccount'].map((key) =>
    heldBy(open, key, account),
  );
  const parts = [
    ...(known.length > 0 ? [withElement(fields, 'Principal', principalElement(known))] : []),
    ...held,
  ].filter((part) => part !== undefined);
  // A policy has each Sid once.
  return held.includes(undefined)
    ? undefined
    : parts.map((part, index) => (index === 0 ? part : withoutSid(part)));
};

/**
 * A policy whose open statements are held to its own account, all others as they are; `undefined` where that cannot be
 * written, or would not close it.
 */
export const closedPolicy = (policy: string, side: Side, account: string): string | undefined => {
  const parsed = parsePolicy(policy);
  if ('unreadable' in parsed) return undefined;
  const open = openStatements(parsed.statements, side);
  const parts = writtenStatements(policy).map((fields, index) => {
    const statement = parsed.statements[index];
    return statement && open.includes(statement) ? closed(fields, statement, account) : [fields];
  });
  const whole = parts.filter((part) => part !== undefined);
  if (whole.length < parts.length) return undefined;
  const text = withStatements(policy, whole.flat());
  const after = parsePolicy(text);
  return !('unreadable' in after) && openStatements(after.statements, side).length === 0
    ? text
    : undefined;
};
