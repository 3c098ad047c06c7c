import { createHash } from 'node:crypto';
import { quotas } from '../quotas.ts';

type Filter = string | { readonly prefix: string } | { readonly exists: boolean };
/** An EventBridge pattern. */
export interface Pattern {
  readonly source: readonly (string | { readonly prefix: string })[];
  readonly 'detail-type': readonly string[];
  readonly detail?: {
    readonly [field: string]: readonly Filter[] | { readonly [field: string]: readonly Filter[] };
  };
}
export interface NamedPattern {
  /** A noun that tells in the console what the rule admits. */
  readonly name: string;
  readonly pattern: Pattern;
}

const { patternCharacters } = quotas.eventBridge;

type PatternOf = (values: readonly string[]) => Pattern;

/** Halves the values until each pattern fits. */
export const partsThatFit = (
  values: readonly string[],
  patternOf: PatternOf,
): readonly (readonly string[])[] => {
  if (JSON.stringify(patternOf(values)).length <= patternCharacters || values.length === 1)
    return [values];
  const middle = Math.ceil(values.length / 2);
  return [values.slice(0, middle), values.slice(middle)].flatMap((half) =>
    partsThatFit(half, patternOf),
  );
};

/** Patterns that fit; a part is named after its first value. */
export const fitting = (
  name: string,
  values: readonly string[],
  patternOf: PatternOf,
): readonly NamedPattern[] =>
  partsThatFit(values, patternOf).map((part, index) => ({
    name: index === 0 ? name : `${name}From${part[0]?.replace('*', '')}`,
    pattern: patternOf(part),
  }));

/**
 * The name of one of several rules that share what is heard, after what it hears of it. Where that comes to be shared
 * otherwise they are other rules, which an update makes before it deletes those that were there: what moved from one rule
 * to another that is there already would not be heard in between.
 */
export const namedAfter = (name: string, heard: string): string =>
  `${name}${createHash('sha256').update(heard).digest('hex').slice(0, 6).toUpperCase()}`;
