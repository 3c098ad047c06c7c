import { Unresolved } from '../../model/unresolved.ts';
import { said } from '../../support/untyped.ts';
import { withoutTrace } from '../../support/without-trace.ts';
import type { Part, Stand } from '../part.ts';
import type { Answer, Resource, Stack } from '../stack.ts';

export type { Answer };
export type Answers = Readonly<Record<string, Answer>>;

/** AWS's error of a code, as the SDK throws it. */
export const awsError = (code: string): Error => {
  const error = withoutTrace(() => new Error(`${code}: by what the template declares`));
  error.name = code;
  return error;
};

/** A resource by the name that a call asks for, in any case; throws AWS's error of the code where there is none. */
export const named = (
  stack: Stack,
  types: string | readonly string[],
  name: unknown,
  code: string,
): Resource => {
  const isMeant = (one: Resource) => one.name.toLowerCase() === said(name).toLowerCase();
  const found = stack.find([types].flat(), isMeant);
  if (!found) throw awsError(code);
  return found;
};

/**
 * What AWS does by itself where nothing is declared, or what would be without it: controls of exposure do not rely on
 * AWS against what the template opens.
 */
export const byDefault = <T>(stack: Stack, what: string, value: T): T | undefined => {
  const taken = stack.world.choose({
    id: what,
    kind: 'default',
    values: [true, false],
    say: (value) => (value === true ? what : `without ${what}`),
  });
  return taken === true ? value : undefined;
};

/** What AWS sets where a property is not declared; `undefined` in a world where only what is declared counts. */
export const ownValue = <T>(stack: Stack, what: string, value: T): T | undefined => {
  const taken = stack.world.choose({
    id: what,
    kind: 'setting',
    values: [true, false],
    say: (value) => (value === true ? what : `without ${what}`),
  });
  return taken === true ? value : undefined;
};

/** Whether a property is one that another stack sets. */
export const isElsewhere = ({ declared }: Resource, name: string): boolean =>
  declared.isPart !== undefined && !Object.hasOwn(Object(declared.properties), name);

/** Why something is open that is no value of the part that is evaluated. */
export const setByAnother = (what: string): string => `${what}, which another stack sets`;
/** Gives up what only another stack can say. */
export const leaveToAnother = (what: string): never => {
  throw new Unresolved(setByAnother(what), true);
};

/**
 * What only a deployment knows, of which each of these values is looked at.
 * @param more `id` tells it apart, where the values are others for others who ask; `isOfOthers`: another stack sets it
 */
export const eachOf = <T>(
  stack: Stack,
  what: string,
  values: readonly T[],
  { id = what, isOfOthers = false }: { readonly id?: string; readonly isOfOthers?: boolean } = {},
): T => {
  const index = stack.world.choose({
    id,
    kind: 'open',
    isOfOthers,
    values: values.map((_, at) => at),
    say: () => what,
  });
  return values[Number(index)] as T;
};

/**
 * The last of what is written over one another: nobody can say which that is, and each of them is looked at.
 * @param what `policies of Role`
 */
export const lastOf = <T>(stack: Stack, what: string, all: readonly T[]): T | undefined => {
  if (all.length < 2) return all[0];
  return eachOf(stack, `which of ${all.length} ${what} is written last`, all);
};

/**
 * The policy of a resource that holds. Of one that is elsewhere, and that several policies of the template are of, each is
 * looked at by itself.
 */
export const policyThatHolds = (
  stack: Stack,
  owner: Resource,
  all: readonly Resource[],
): Resource | undefined => {
  const { declared } = owner;
  const isSubject = stack.subjectOf(declared.type)?.declared === declared;
  const own =
    isSubject && declared.isPart
      ? all.find((one) => one.declared.logicalId === declared.isPart?.by)
      : undefined;
  return own ?? lastOf(stack, `policies of ${declared.logicalId}`, all);
};

/** A switch of which AWS's own setting is right: it holds where nothing is declared. */
export const flagOr = (stack: Stack, set: Part, what: string, value: boolean): boolean =>
  set.flag() ?? ownValue(stack, what, value) ?? !value;

/** A switch that AWS keeps as the text `true` or `false`: whoever writes `True` means the same, and no other value is one. */
export const switchIn = (set: Part | undefined, stands: Stand = ['true', 'false']) =>
  set?.text(stands)?.toLowerCase();

export const text = (value: unknown): string => (typeof value === 'string' ? value : '');
