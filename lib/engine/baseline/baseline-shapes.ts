import { z } from 'zod';
import type { Parameter } from '../../model/parameters.ts';
import { isRecord } from '../../support/untyped.ts';

export const allowed = (what: string) => ({ error: `allowed: ${what}` });
export const flag = () => z.boolean(allowed('true or false')).default(false);
export const text = (what = 'a text') =>
  z.string(allowed(what)).refine((value) => value.trim() !== '', allowed(what));

export const whole = (min: number, max: number, fallback: number) =>
  z
    .int(allowed(`a whole number from ${min} to ${max}`))
    .min(min, allowed(`a whole number from ${min} to ${max}`))
    .max(max, allowed(`a whole number from ${min} to ${max}`))
    .default(fallback);

/**
 * Keys that are not listed are refused.
 * @param keys as they are told of one that is not among them
 * @param what is told of anything that is no mapping
 */
export const mapping = <S extends z.core.$ZodShape>(
  shape: S,
  keys = Object.keys(shape).join(', '),
  what = `a mapping of ${keys}`,
) =>
  z.strictObject(shape, {
    error: ({ code }) => `allowed: ${code === 'unrecognized_keys' ? keys : what}`,
  });

/** What is said of a control; whoever writes anything else wants to turn it off most often. */
export const controlMapping = <S extends z.core.$ZodShape>(shape: S) => {
  const keys = Object.keys(shape).join(', ');
  return mapping(
    shape,
    keys,
    `a mapping of ${keys}; a control is turned off by \`enabled: false\``,
  );
};

const noParameters = 'none, the control has no parameters';
/** The parameters of a control. */
export const parametersOf = (parameters: Readonly<Record<string, Parameter<unknown>>>) => {
  const shape = Object.fromEntries(
    Object.entries(parameters).map(([name, each]) => [name, parameter(each)]),
  );
  const keys = Object.keys(parameters).join(', ');
  return keys === '' ? mapping(shape, noParameters, noParameters) : mapping(shape, keys);
};

/** What is said shortly, or in detail as a mapping; a mistake is told of the form that it has. */
export const shortOr = <S extends z.ZodType, D extends z.ZodType>(
  short: S,
  detailed: D,
  inDetail: (said: z.output<S>) => z.output<D>,
) =>
  z.unknown().transform((said, context): z.output<D> => {
    const tell = (error: z.ZodError): never => {
      for (const { path, message } of error.issues)
        context.addIssue({ code: 'custom', path, message });
      return z.NEVER;
    };
    if (isRecord(said)) {
      const read = detailed.safeParse(said);
      return read.success ? read.data : tell(read.error);
    }
    const read = short.safeParse(said);
    return read.success ? inDetail(read.data) : tell(read.error);
  });

export const unique = <T extends z.ZodType>(
  items: T,
  keyOf: (item: z.output<T>) => string,
  what: string,
) =>
  z.array(items, allowed(`a list of ${what}`)).superRefine((list, context) => {
    const seen = new Set<string>();
    for (const [index, item] of list.entries()) {
      const key = keyOf(item);
      if (seen.has(key))
        context.addIssue({ code: 'custom', path: [index], message: 'it stands there already' });
      seen.add(key);
    }
  });

const inQuotes = (value: unknown): unknown => {
  if (typeof value === 'number') return String(value);
  return Array.isArray(value) ? value.map(inQuotes) : value;
};
const parameter = ({ accepts, allowed: what }: Parameter<unknown>) =>
  z
    .custom<unknown>(accepts, {
      error: ({ input }) => `allowed: ${what}${accepts(inQuotes(input)) ? ', in quotes' : ''}`,
    })
    .optional();
