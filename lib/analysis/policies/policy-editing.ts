import { parseJson } from '../../support/json.ts';
import { isRecord } from '../../support/untyped.ts';
import { policyText } from './policy-document.ts';

/** A statement or another object of a policy, as it is written there. */
export type Written = Readonly<Record<string, unknown>>;

/** The elements of a policy ignore the case of their names. */
export const elementOf = (written: Written, name: string): unknown =>
  Object.entries(written).find(([key]) => key.toLowerCase() === name)?.[1];

/** With this element replaced, under the name that it has there, or added under `name` where there is none. */
export const withElement = (written: Written, name: string, value: unknown): Written => {
  const key = Object.keys(written).find((one) => one.toLowerCase() === name.toLowerCase());
  return { ...written, [key ?? name]: value };
};

/** A statement with the change made; `undefined` takes it out. Paths are those of `parsePolicy`. */
export type Edit = (statement: Written, path: string) => Written | undefined;

/** A readable policy's text with its statements edited and all else kept; `undefined` where no statement is left. */
export const editPolicy = (document: string, edit: Edit): string | undefined => {
  const policy: unknown = parseJson(policyText(document));
  if (!isRecord(policy)) return undefined;
  const statement = elementOf(policy, 'statement');
  const listed = Array.isArray(statement);
  const statements: readonly unknown[] = listed ? statement : [statement];
  const edited = statements.flatMap((one, index) => {
    const after = isRecord(one) ? edit(one, listed ? `Statement[${index}]` : 'Statement') : one;
    return after === undefined ? [] : [after];
  });
  if (edited.length === 0) return undefined;
  return JSON.stringify(withElement(policy, 'Statement', listed ? edited : edited[0]));
};

/** The principals of one kind, as a list of texts. */
const listOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).map(String);

/** A statement without these principals; `undefined` where it has no others. */
export const withoutPrincipals = (
  statement: Written,
  isOut: (kind: string, id: string) => boolean,
): Written | undefined => {
  const principal = elementOf(statement, 'principal');
  if (principal === undefined) return statement;
  const kinds = Object.entries(isRecord(principal) ? principal : { AWS: principal });
  const kept = kinds.flatMap(([kind, ids]) => {
    const left = listOf(ids).filter((id) => !isOut(kind, id));
    if (left.length === 0) return [];
    return [[kind, left.length === listOf(ids).length ? ids : left]];
  });
  if (kept.length === 0) return undefined;
  return withElement(statement, 'Principal', Object.fromEntries(kept));
};
