import { asRecord, list } from '../support/untyped.ts';
import { isNoValue } from './conditional-items.ts';
import type { Declaration, Template } from './template.ts';

/** What SAM calls the condition that holds where another does not. */
const negation = 'NOT';
/** The condition of the role that is made where one of the two ways names none; `undefined` where none is made. */
export const madeWhere = (
  role: unknown,
  own: string | undefined,
): Pick<Declaration, 'condition'> | undefined => {
  const where = (condition: string | undefined) => ({ condition });
  if (role === undefined) return where(own);
  const [condition, yes, no] = list(asRecord(role)['Fn::If']);
  if (typeof condition !== 'string' || !(isNoValue(yes) || isNoValue(no))) return undefined;
  if (isNoValue(yes) && isNoValue(no)) return where(own);
  return where(isNoValue(yes) ? condition : negation + condition);
};
export const negated = (
  template: Template,
  made: Iterable<Declaration>,
): Template['conditions'] => {
  const added = [...made].flatMap(({ condition }) => {
    const of = condition?.startsWith(negation) ? condition.slice(negation.length) : '';
    const isNew = condition !== undefined && !Object.hasOwn(template.conditions, condition);
    return isNew && Object.hasOwn(template.conditions, of)
      ? [[condition, { 'Fn::Not': [{ Condition: of }] }] as const]
      : [];
  });
  return { ...template.conditions, ...Object.fromEntries(added) };
};
