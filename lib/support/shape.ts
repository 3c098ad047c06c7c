import { isRecord } from './untyped.ts';

/** Whether a value that somebody else may have written has the shape that is meant; what else it has is not looked at. */
export type Shape = (value: unknown) => boolean;

export const isText: Shape = (value) => typeof value === 'string';
export const isFlag: Shape = (value) => typeof value === 'boolean';
export const isNumber: Shape = (value) => typeof value === 'number' && Number.isFinite(value);
/** A text that is a time, in whatever notation. */
export const isTime: Shape = (value) =>
  typeof value === 'string' && !Number.isNaN(Date.parse(value));
export const isAnything: Shape = () => true;

export const isOneOf =
  (...words: readonly string[]): Shape =>
  (value) =>
    typeof value === 'string' && words.includes(value);
export const isEither =
  (...shapes: readonly Shape[]): Shape =>
  (value) =>
    shapes.some((shape) => shape(value));
export const isListOf =
  (each: Shape): Shape =>
  (value) =>
    Array.isArray(value) && value.every((one) => each(one));
/** An object whose keys are anybody's. */
export const isRecordOf =
  (each: Shape): Shape =>
  (value) =>
    isRecord(value) && Object.values(value).every((one) => each(one));

type OptionalIn<T> = { [K in keyof T]-?: object extends Pick<T, K> ? K : never }[keyof T];

/**
 * An object with these fields. The compiler holds them to the type: a field that is added to it is missing here.
 * @param optional those that may be left out
 */
export const shapeOf = <T extends object>(
  required: Readonly<Record<Exclude<keyof T, OptionalIn<T>>, Shape>>,
  optional: Readonly<Record<OptionalIn<T>, Shape>>,
): ((value: unknown) => value is T) => {
  const needed = Object.entries<Shape>(required);
  const others = Object.entries<Shape>(optional);
  return (value): value is T =>
    isRecord(value) &&
    needed.every(([name, is]) => is(value[name])) &&
    others.every(([name, is]) => value[name] === undefined || is(value[name]));
};
