import { asRecord, list } from '../support/untyped.ts';

export const noValue = { Ref: 'AWS::NoValue' };
export const isNoValue = (tree: unknown): boolean => asRecord(tree)['Ref'] === noValue.Ref;

/** A condition over lists as conditions over their items; anything else as it is. */
export const conditionalItems = (one: unknown): readonly unknown[] => {
  const [condition, ...ways] = list(asRecord(one)['Fn::If']);
  const each = ways.map((way) => (Array.isArray(way) ? list(way) : conditionalItems(way)));
  if (ways.every((way, at) => each[at]?.[0] === way)) return [one];
  return Array.from({ length: Math.max(...each.map(({ length }) => length)) }, (_, at) => ({
    'Fn::If': [condition, ...each.map((items) => items[at] ?? noValue)],
  }));
};
