export type OneOrMany<T> = T | readonly T[];

export const many = <T>(value: OneOrMany<T> | undefined): readonly T[] => {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value as T];
};

const expressions = new Map<string, RegExp>();
const expressionOf = (pattern: string) => {
  const known = expressions.get(pattern);
  if (known) return known;
  const literal = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  const expression = new RegExp(`^${literal.replace(/\*/g, '.*').replace(/\?/g, '.')}$`, 's');
  expressions.set(pattern, expression);
  return expression;
};

/** IAM's wildcards: `*` and `?` stand for any characters, slashes and colons among them. */
export const isLike = (pattern: string, text: string): boolean => expressionOf(pattern).test(text);
