import { z } from 'zod';

/** Keys that are not known are named, with those that are. */
export const strictly = <T extends z.core.$ZodLooseShape>(shape: T) =>
  z.strictObject(shape, {
    error: ({ code }) =>
      code === 'unrecognized_keys' ? `allowed: ${Object.keys(shape).join(', ')}` : undefined,
  });

export const words = (what: string, most = 200) =>
  z
    .string({ error: `allowed: ${what} as a text; a number such as 1.10 needs quotes` })
    .trim()
    .min(1, `allowed: ${what}`)
    .max(most, `allowed: at most ${most} characters`);

export const day = z
  .string({ error: 'allowed: a day such as 2027-01-31' })
  .regex(/^\d{4}-\d\d-\d\d$/, 'allowed: a day such as 2027-01-31')
  .refine((text) => {
    const read = new Date(`${text}T00:00:00Z`);
    return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(text);
  }, 'allowed: a day that there is');

export const httpsUrl = z
  .string({ error: 'allowed: an address that begins with https://' })
  .regex(/^https:\/\/[^\s<>"]+$/, 'allowed: an address that begins with https://')
  .max(2000, 'allowed: at most 2,000 characters');
