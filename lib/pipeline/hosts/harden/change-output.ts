import * as z from 'zod';
import { decode } from '../../../support/wire.ts';
import { common, error, isCut, text } from '../results/printed.ts';

/** What a host says of a change that it was asked for: a word of the document's, and why. */
export interface Said {
  readonly outcome: string;
  readonly reason: string;
  /** What became of each control that the change is about. */
  readonly results: ReadonlyMap<string, string>;
  /** What could not be put back. */
  readonly left: readonly string[];
}

const word = z.string().regex(/^[a-z_]{1,20}$/);
const result = z.object({ id: z.string().max(20), o: word.optional() });
const output = z.strictObject({
  ...common,
  transaction: z.strictObject({
    id: z.string().max(36),
    outcome: word,
    reason: text(300),
    deadline: z.int().optional(),
    left: z.array(text(160)).max(50).optional(),
  }),
  results: z.array(result).max(300),
});

/**
 * What a host printed of a change, checked as a stranger's word; why not, where it is not as the document prints it.
 * @param transaction the id of the command that began the change
 */
export const changeIn = (
  printed: string,
  { hash, transaction }: { readonly hash: string; readonly transaction: string },
): Said | string => {
  if (isCut(printed)) return 'what the host printed is cut';
  const body = decode(printed);
  const failed = error.safeParse(body);
  if (failed.success && failed.data.document === hash) return failed.data.error;
  const { data: said } = output.safeParse(body);
  if (!said) return 'what the host printed is not what the document prints';
  if (said.document !== hash) return 'what the host printed is of another document';
  const { id, outcome, reason, left = [] } = said.transaction;
  if (id !== transaction) return 'what the host printed is of another change';
  const results = said.results.flatMap(({ id: control, o }) => (o ? [[control, o] as const] : []));
  return { outcome, reason, results: new Map(results), left };
};
