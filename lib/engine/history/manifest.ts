import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../../support/canonical-json.ts';

export const manifestSchema = 'plumbline-history-manifest/1';
const sum = z.string().regex(/^[0-9a-f]{64}$/);

/** What proves a file of a history: its sum, and that of the manifest before, so that none can be left out or exchanged. */
export const historyManifest = z.object({
  schema: z.literal(manifestSchema),
  account: z.string(),
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  file: z.object({
    key: z.string(),
    sha256: sum,
    lines: z.number().int().nonnegative(),
  }),
  /** Absent of the first. */
  previous: sum.optional(),
});
export type HistoryManifest = z.infer<typeof historyManifest>;

export const sha256 = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex');
/** The same of a text that comes in pieces. */
export const sha256Of = (pieces: Iterable<string>): string => {
  const hash = createHash('sha256');
  for (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
};
/** A manifest as it is kept: its sum is of these bytes. */
export const manifestText = (manifest: HistoryManifest): string => `${canonicalJson(manifest)}\n`;

/** The day before the end of a window: `2026-11-30`. */
const dayOf = (to: string): string => new Date(Date.parse(to) - 1).toISOString().slice(0, 10);
/** Where the lines of a window are. */
export const linesKey = (account: string, to: string): string =>
  `verdicts/${account}/${dayOf(to)}.jsonl.gz`;
export const manifestKey = (account: string, to: string): string =>
  `manifests/${account}/${dayOf(to)}.json`;
/** Where stands who a pseudonym is: one object a person and month, which can be deleted by itself. */
export const personKey = (month: string, pseudonym: string): string =>
  `people/${month}/${pseudonym}.json`;
