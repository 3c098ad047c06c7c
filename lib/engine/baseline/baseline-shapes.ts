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

/** Keys that are not listed are refused. */
export const mapping = <S extends z.core.$ZodShape>(
  shape: S,
  keys = Object.keys(shape).join(', '),
) => z.strictObject(shape, allowed(keys));

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
        context.addIssue({ code: 'custom', path: [index], message: 'stands there already' });
      seen.add(key);
    }
  });

const inQuotes = (value: unknown): unknown => {
  if (typeof value === 'number') return String(value);
  return Array.isArray(value) ? value.map(inQuotes) : value;
};
export const parameter = ({ accepts, allowed: what }: Parameter<unknown>) =>
  z
    .custom<unknown>(accepts, {
      error: ({ input }) => `allowed: ${what}${accepts(inQuotes(input)) ? ', in quotes' : ''}`,
    })
    .optional();
