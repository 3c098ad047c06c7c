// The namespace, of which a bundle keeps what is used; the object `z` brings every language with it.
import * as z from 'zod';

/** GetCommandInvocation gives no more of what a step printed. */
const mostCharacters = 24_000;
export const isCut = (printed: string): boolean => printed.length >= mostCharacters;

/** A text of a host's: a stranger's word. */
export const text = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[ -~]*$/)
    // Texts end in consoles and reports; no value of a host needs brackets that mean something there.
    .transform((value) => value.replace(/[<>]/g, '?'));

/** What every document prints: its form, and the hash that it calls itself. */
export const common = { v: z.literal(1), document: z.string().max(64) };
/** What it prints where it could do nothing. */
export const error = z.strictObject({ ...common, error: text(400) });
