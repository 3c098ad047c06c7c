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

/** Halves the values until each pattern fits; a part is named after its first value. */
export const fitting = (
  name: string,
  values: readonly string[],
  patternOf: (values: readonly string[]) => Pattern,
): readonly NamedPattern[] => {
  const parts = (some: readonly string[]): readonly (readonly string[])[] => {
    if (JSON.stringify(patternOf(some)).length <= patternCharacters || some.length === 1)
      return [some];
    const middle = Math.ceil(some.length / 2);
    return [...parts(some.slice(0, middle)), ...parts(some.slice(middle))];
  };
  return parts(values).map((part, index) => ({
    name: index === 0 ? name : `${name}From${part[0]}`,
    pattern: patternOf(part),
  }));
};
