/** One setting of a control: its default, what is allowed (for people), and the check of a value from the baseline. */
export interface Parameter<T> {
  readonly default: T;
  /** Completes "allowed: …". */
  readonly allowed: string;
  accepts(value: unknown): value is T;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

/** A whole number from `min` to `max`, both allowed. */
export const integer = (options: {
  default: number;
  min: number;
  max: number;
}): Parameter<number> => ({
  default: options.default,
  allowed: `a whole number from ${options.min} to ${options.max}`,
  accepts: (value): value is number =>
    Number.isInteger(value) && Number(value) >= options.min && Number(value) <= options.max,
});

export const boolean = (options: { default: boolean }): Parameter<boolean> => ({
  default: options.default,
  allowed: 'true or false',
  accepts: (value) => typeof value === 'boolean',
});

/** A list of which each item passes `accepts`; `allowed` says what an item is, in the plural. */
const listOf = <T>(
  options: { default: readonly T[]; allowed: string },
  accepts: (item: unknown) => item is T,
): Parameter<readonly T[]> => ({
  default: options.default,
  allowed: `a list of ${options.allowed}`,
  accepts: (value): value is readonly T[] => Array.isArray(value) && value.every(accepts),
});

export const integers = (options: {
  default: readonly number[];
  min: number;
  max: number;
}): Parameter<readonly number[]> =>
  listOf(
    { default: options.default, allowed: `whole numbers from ${options.min} to ${options.max}` },
    (item): item is number => integer({ ...options, default: 0 }).accepts(item),
  );

/** A list of texts; `pattern` says what each must look like. */
export const strings = (options: {
  default: readonly string[];
  allowed: string;
  pattern?: RegExp;
}): Parameter<readonly string[]> =>
  listOf(options, (item): item is string => isText(item) && (options.pattern?.test(item) ?? true));

/** A whole number from `min` to `max`; `null`, the default, asks for nothing. */
export const optionalInteger = (options: {
  min: number;
  max: number;
}): Parameter<number | null> => ({
  default: null,
  allowed: `a whole number from ${options.min} to ${options.max}, or null for any`,
  accepts: (value): value is number | null =>
    value === null || integer({ ...options, default: options.min }).accepts(value),
});

/** One of several words. */
export const oneOf = <const T extends string>(options: {
  default: NoInfer<T>;
  values: readonly T[];
}): Parameter<T> => ({
  default: options.default,
  allowed: `one of ${options.values.join(', ')}`,
  accepts: (value): value is T => options.values.some((allowed) => allowed === value),
});

/** One of several words; `null`, the default, asks for nothing. */
export const optionalOneOf = <const T extends string>(options: {
  values: readonly T[];
}): Parameter<T | null> => ({
  default: null,
  allowed: `one of ${options.values.join(', ')}, or null for any`,
  accepts: (value): value is T | null =>
    value === null || options.values.some((allowed) => allowed === value),
});

/** A text that matches `pattern`; `null`, the default, names nothing. */
export const optionalText = (options: {
  allowed: string;
  pattern: RegExp;
}): Parameter<string | null> => ({
  default: null,
  allowed: `${options.allowed}, or null for none`,
  accepts: (value): value is string | null =>
    value === null || (isText(value) && options.pattern.test(value)),
});
