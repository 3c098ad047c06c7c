import * as z from 'zod';
import type { HostSystem } from '../../../engine/posture/row.ts';
import { clip } from '../../../support/clip.ts';
import { decode } from '../../../support/wire.ts';
import { common, error, isCut, text } from './printed.ts';

/** What a host says of one control: the value in effect (`e`), and whether it is persisted (`p`). */
export interface Result {
  readonly s: 'PASS' | 'FAIL' | 'NA' | 'UNKNOWN';
  readonly e?: string | undefined;
  readonly p?: boolean | undefined;
  readonly why?: string | undefined;
}
export type Audit =
  | {
      readonly results: ReadonlyMap<string, Result>;
      readonly system?: HostSystem;
    }
  | { readonly fault: string };

export interface Expected {
  /** What the document calls itself. */
  readonly hash: string;
  readonly areas: readonly string[];
  /** Ids of all controls that these areas have. */
  readonly ids: ReadonlySet<string>;
}

const result = z
  .strictObject({
    id: z.string().max(20),
    s: z.enum(['PASS', 'FAIL', 'NA', 'UNKNOWN']),
    e: text(120).optional(),
    p: z.boolean().optional(),
    why: text(120).optional(),
  })
  // A value that is in effect and would be gone after a boot does not pass.
  .refine(({ s, p }) => s !== 'PASS' || p === true, 'passes what is not persisted')
  .refine(({ s, p }) => s !== 'FAIL' || p !== undefined, 'fails without saying what is persisted');
const audit = z.strictObject({
  ...common,
  host: z.record(z.string().regex(/^[a-z0-9_]{1,40}$/), text(60)),
  areas: z.array(z.string().max(20)).min(1).max(20),
  controls: z.enum(['all', 'some']),
  results: z.array(result).max(300),
});
const output = z.union([audit, error]);

const fault = (why: string): Audit => ({ fault: `what the host printed is no audit: ${why}` });

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && new Set(a).size === a.length && a.every((one) => b.includes(one));

/**
 * What a host printed, checked as a stranger's word: all of it is as the document prints it, of the controls that were
 * asked for and no others, or nothing of it counts.
 */
export const auditIn = (printed: string, { hash, areas, ids }: Expected): Audit => {
  if (isCut(printed)) return fault('it is cut');
  const { data: said } = output.safeParse(decode(printed));
  if (!said) return fault('it is malformed');
  if (said.document !== hash) return fault('it is of another document');
  if ('error' in said) return { fault: clip(`the host could not be audited: ${said.error}`, 400) };
  if (!isSame(said.areas, areas)) return fault('it is of other areas');
  const results = new Map(said.results.map(({ id, ...rest }) => [id, rest]));
  if (results.size < said.results.length) return fault('it evaluates a control twice');
  const unasked = [...results.keys()].find((id) => !ids.has(id));
  if (unasked !== undefined) return fault('it evaluates a control that was not asked for');
  const { os, version, tried } = said.host;
  if (!os || !version) return { results };
  return { results, system: { name: `${os} ${version}`, isTried: tried !== undefined } };
};
