import { z } from 'zod';

/** The form of the files of a history; it rises when a reader of the one before would read it wrongly. */
export const historySchema = 'plumbline-history/1';

const time = z.iso.datetime();
const status = z.enum(['PASS', 'FAIL', 'NOT_APPLICABLE', 'UNKNOWN', 'GONE']);
/** Tags that the baseline has kept for reports, as a row has them. */
export const reportTagsSchema = z.object({
  since: time,
  values: z.record(z.string(), z.string().nullable()),
});
/** What a line is about: a control on a resource. */
const subject = {
  account: z.string(),
  region: z.string(),
  type: z.string(),
  id: z.string(),
  arn: z.string().optional(),
  control: z.string(),
  /** Only those that findings use. */
  tags: z.record(z.string(), z.string()).optional(),
  reportTags: reportTagsSchema.optional(),
};

/** The head of a file: what was governed in its time, and by what. */
const day = z.object({
  kind: z.literal('day'),
  schema: z.literal(historySchema),
  account: z.string(),
  /** What was recorded from then, and before `to`, is in the file. */
  from: time,
  to: time,
  plumbline: z.string(),
  /** SHA-256 of what the baseline says. */
  baseline: z.string(),
  homeRegion: z.string(),
  regions: z.array(z.string()),
  /** The controls that were on, each with the hash of what it is evaluated with. */
  controls: z.record(z.string(), z.string()),
  /** Keys of the tags that were kept for reports. @default - none was */
  reportTags: z.array(z.string()).optional(),
});
/**
 * - `first`: there was nothing before, or it was gone
 * - `event`: somebody's calls can have brought it about
 * - `baseline`: it was evaluated with other parameters than before
 * - `gone`: the resource is not there any more
 * - `found`: a look found it, and nobody knows what brought it about
 */
const cause = z.enum(['first', 'event', 'baseline', 'gone', 'found']);
/** A verdict turned. */
const turn = z.object({
  kind: z.literal('turn'),
  ...subject,
  from: status.optional(),
  /** When the status before began; of UNKNOWN nobody knows. */
  fromSince: time.optional(),
  to: status,
  at: time,
  cause,
  /** Pseudonyms of those whose calls can have brought it about. */
  by: z.array(z.string()).optional(),
  calls: z.array(z.string()).optional(),
  /** When the first of these calls was made. */
  calledAt: time.optional(),
});
/** How it stood when the file was written, so that what never turns is known as well. */
const state = z.object({ kind: z.literal('state'), ...subject, status, since: time });
/** A failure that somebody answered for in the time of the file. */
const exempted = z.object({
  kind: z.literal('exempted'),
  ...subject,
  from: time,
  to: time,
  owner: z.string(),
  reason: z.string(),
  expires: z.string(),
  isOwn: z.boolean().optional(),
});
/** Nothing was heard: the event of a write of our own did not come back. */
const silence = z.object({
  kind: z.literal('silence'),
  account: z.string(),
  region: z.string(),
  from: time,
  to: time,
});

export const historyLine = z.discriminatedUnion('kind', [day, turn, state, exempted, silence]);
export type HistoryLine = z.infer<typeof historyLine>;
export type HistoryDay = z.infer<typeof day>;
export type Turn = z.infer<typeof turn>;
export type HistoryState = z.infer<typeof state>;
export type HistoryExempted = z.infer<typeof exempted>;
export type HistoryStatus = z.infer<typeof status>;
export type HistorySubject = Pick<
  Turn,
  'account' | 'region' | 'type' | 'id' | 'arn' | 'control' | 'tags' | 'reportTags'
>;

/** One for each control on each resource. */
export const subjectKey = ({ account, region, type, id, control }: HistorySubject): string =>
  JSON.stringify([account, region, type, id, control]);
