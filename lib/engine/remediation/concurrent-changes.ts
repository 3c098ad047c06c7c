import type { Call } from '../../model/control.ts';
import { canonicalJson } from '../../support/canonical-json.ts';
import { asRecord } from '../../support/untyped.ts';
import { decode } from '../../support/wire.ts';
import { differences, type Steadying, steadied } from './outcome.ts';

type Facets = Readonly<Record<string, unknown>>;

/** Policies are JSON in a text. */
const parsed = (value: unknown): unknown =>
  typeof value === 'string' && /^\s*[{[]/.test(value) ? (decode(value) ?? value) : value;
/** A value and all that is in it, by key; what is in a list, by that of the list. */
const partsOf = (value: unknown, key = ''): readonly (readonly [key: string, value: unknown])[] => {
  const whole = parsed(value);
  if (typeof whole !== 'object' || whole === null) return [[key, whole]];
  const isList = Array.isArray(whole);
  const inside = Object.entries(whole);
  return [[key, whole], ...inside.flatMap(([name, part]) => partsOf(part, isList ? key : name))];
};
const inputsOf = (calls: readonly Call[]) => calls.flatMap(({ input }) => partsOf(input));
const isIn = (parts: ReturnType<typeof partsOf>, value: unknown): boolean => {
  const wanted = canonicalJson(parsed(value));
  return parts.some(([, part]) => canonicalJson(part) === wanted);
};
const isScalar = (value: unknown): boolean => typeof value !== 'object' || value === null;

/** Whether every setting that both calls and undo write has, where the facet shows it, a value of one of them. */
const areOurs = (facet: unknown, made: readonly Call[], back: readonly Call[]): boolean => {
  const [written, restored] = [inputsOf(made), inputsOf(back)];
  const shown = partsOf(facet);
  return written.every(([key, value]) => {
    const at = (parts: typeof shown) => parts.filter(([name]) => name === key);
    if (!isScalar(value) || at(restored).length === 0 || at(shown).length === 0) return true;
    return at(shown).some(([, one]) => isIn([...at(written), ...at(restored)], one));
  });
};

/**
 * Whether a facet that was absent is a group of settings as the calls set it: what they leave out is at its default,
 * which is off or absent.
 */
const isSet = (facet: unknown, calls: readonly Call[]): boolean => {
  const written = inputsOf(calls).filter(([key]) => key !== '');
  if (written.length === 0 || !written.every(([, value]) => isScalar(value))) return false;
  const wanted = Object.fromEntries(written);
  const shown = asRecord(facet);
  return Object.entries({ ...wanted, ...shown }).every(([key, value]) =>
    key in wanted ? shown[key] === wanted[key] : !value,
  );
};

/** The calls of an action, and those that take it back. */
export interface Made {
  readonly before: Facets;
  readonly calls: readonly Call[];
  readonly back: readonly Call[];
}

/**
 * The facets that differ from the before-image in another way than these calls can have left them. Of a facet that is
 * written as a whole, such as a policy, what is there must be what a call put there; of others, each setting.
 */
export const unexplained = (
  type: Steadying,
  { before, calls, back }: Made,
  now: Facets,
): readonly string[] =>
  differences(type, before, now).filter((name) => {
    const was = before[name] ?? null;
    const is = now[name] ?? null;
    if (was === null && isSet(steadied(type, name, is), calls)) return false;
    const isWhole = was === null || isIn(inputsOf(back), was);
    if (!isWhole) return !areOurs(is, calls, back);
    const isRemoved = is === null && calls.some(({ operation }) => operation.startsWith('delete'));
    return !isRemoved && !isIn(inputsOf(calls), is);
  });
