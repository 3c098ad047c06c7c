import { z } from 'zod';

export const count = z.number().int().nonnegative();
export const countsSchema = z.object({
  passed: count,
  failed: count,
  exempted: count,
  notApplicable: count,
  unknown: count,
});
const exemption = z.object({
  control: z.string(),
  resource: z.string(),
  owner: z.string(),
  reason: z.string(),
  expires: z.string(),
  isOwn: z.boolean().optional(),
});
export const evidenceSchema = z.object({
  path: z.string(),
  actual: z.unknown().optional(),
  expected: z.unknown().optional(),
});
/** Null where there is no such tag; a key that is not in it is not known. */
export const tagValues = z.record(z.string(), z.string().nullable());
const result = z.object({
  control: z.string(),
  title: z.string(),
  severity: z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW']),
  resourceType: z.string(),
  region: z.string(),
  id: z.string(),
  arn: z.string(),
  status: z.enum(['FAIL', 'UNKNOWN', 'PASS', 'NOT_APPLICABLE']),
  reason: z.string().optional(),
  evidence: z.array(evidenceSchema).optional(),
  priority: z.string(),
  /** The internet reaches it: of what has the same priority it comes first. */
  isReached: z.literal(true).optional(),
  priorityWhy: z.string(),
  exemption: exemption.optional(),
  reportTags: tagValues.optional(),
  /** Since when it is so, where that is known. */
  since: z.iso.datetime().optional(),
  /** When it was read last, where that was not when the record was made. */
  readAt: z.iso.datetime().optional(),
  /** Who brought a failure about, where one is known. */
  by: z.string().optional(),
  /** Who can have brought it about, where it may be any of several. */
  among: z.string().optional(),
  /** What a host says that it runs: `debian 12`. */
  system: z.string().optional(),
  /** The installation would put it right at a person's word. */
  canFix: z.boolean().optional(),
  /** Where it is declared, of what is not there yet: a file, and a line of it. */
  file: z.string().optional(),
  line: z.number().int().positive().optional(),
});
/** What was done, or not done, about a failure; names of people are not in it. */
const action = z.object({
  id: z.string(),
  /** @default - that of the record */
  account: z.string().optional(),
  region: z.string(),
  resource: z.string(),
  controls: z.array(z.string()),
  state: z.string(),
  /** Why it was not done, or not to its end. */
  why: z.string().optional(),
  askedBy: z.enum(['drift', 'backlog', 'person']),
  startedAt: z.iso.datetime(),
  concludedAt: z.iso.datetime().optional(),
  /** The action that it takes back, and the one that took it back. */
  undoes: z.string().optional(),
  undoneBy: z.string().optional(),
  toDetectSeconds: z.number().nonnegative().optional(),
  toRepairSeconds: z.number().nonnegative().optional(),
});
const actions = z.object({
  from: z.iso.datetime(),
  to: z.iso.datetime(),
  /** Whether there were more than are listed. */
  isCut: z.boolean().optional(),
  list: z.array(action),
});
const byControl = z.record(z.string(), countsSchema.extend({ isGlobal: z.boolean().optional() }));

/** The form of a saved scan; it rises when a reader of the one before would read it wrongly. */
export const scanSchema = 'plumbline-scan/1';

/** A saved scan, as far as a report needs it. */
export const recordSchema = z.object({
  schema: z.literal(scanSchema),
  /** When it began. */
  at: z.iso.datetime(),
  /** Which Plumbline. */
  plumbline: z.string(),
  /** SHA-256 of what the baseline says: its controls and their parameters. */
  baseline: z.string(),
  account: z.string(),
  /** The account that it is read from, where that is another. */
  hub: z.string().optional(),
  regions: z.array(z.string()),
  /** Where what is global is evaluated, whether it is among the regions or not. */
  homeRegion: z.string(),
  /** How many were evaluated. */
  resources: count,
  /** Whether options left resources out, of types that were asked for. */
  isNarrowed: z.boolean(),
  /** Whether its options left resources or controls out: what it does not assess, another scan would have. */
  isSelective: z.boolean().optional(),
  counts: countsSchema,
  /** Every control that was evaluated, also where nothing was there to evaluate. */
  controls: byControl,
  /** The same by region, where there are several: of what is in no one region the home region tells, and what is 0 is left out. */
  byRegion: z
    .record(
      z.string(),
      z.object({
        resources: count,
        controls: byControl.optional(),
        systems: z.record(z.string(), byControl).optional(),
      }),
    )
    .optional(),
  /**
   * The same by the tags that the baseline names under `reportTags`, where it does: each resource is in one of them. What could not
   * be listed has no tags (`isOfAll`), and can have any.
   */
  byTags: z
    .array(
      z.object({
        region: z.string(),
        tags: tagValues,
        isOfAll: z.boolean().optional(),
        /** Resources by type. */
        types: z.record(z.string(), count),
        controls: byControl,
      }),
    )
    .optional(),
  /** What was to be looked at, and was not: nothing there is clean. An account, where it is not that of the scan. */
  notLookedAt: z
    .array(
      z.object({
        account: z.string().optional(),
        region: z.string().optional(),
        why: z.string(),
        /** Of these controls alone. @default - of all */
        controls: z.array(z.string()).optional(),
        /** Nothing can be there. */
        isOff: z.boolean().optional(),
      }),
    )
    .optional(),
  results: z.array(result),
  /**
   * `posture`: what an installation knows; `history`: what it kept of a period; `declared`: what files declare. A scan, where
   * nothing is said.
   */
  source: z.enum(['scan', 'posture', 'history', 'declared']).optional(),
  /** Of what hosts tell, the counts by what they run. */
  systems: z.record(z.string(), byControl).optional(),
  /** What it does not know, in sentences. */
  gaps: z.array(z.string()).optional(),
  /** Of what an installation knows: its name. */
  stack: z.string().optional(),
  /** What an installation did lately. */
  actions: actions.optional(),
});

export type RecordedResult = z.infer<typeof result>;
/** A result with the account that it is of, and when the scan that found it began. */
export interface PlacedResult extends RecordedResult {
  readonly account: string;
  readonly at: string;
}
export interface Recorded extends Omit<z.infer<typeof recordSchema>, 'results'> {
  readonly results: readonly PlacedResult[];
}
export type RecordedAction = z.infer<typeof action>;
export type RecordedActions = z.infer<typeof actions>;
