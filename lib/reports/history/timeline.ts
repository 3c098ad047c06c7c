import {
  type HistoryExempted,
  type HistoryLine,
  type HistoryStatus,
  type HistorySubject,
  subjectKey,
  type Turn,
} from '../../engine/history/line.ts';
import { groupsBy } from '../../support/groups.ts';

/** A status from a time until another, in milliseconds. */
export interface Span<S extends string = HistoryStatus> {
  readonly status: S;
  readonly from: number;
  readonly to: number;
}
/** How a control stood on a resource, from when it was first known until what is known ends. */
export interface Timeline {
  readonly subject: HistorySubject;
  /** Without a hole, each of another status than the one before. */
  readonly spans: readonly Span[];
  readonly turns: readonly Turn[];
  readonly exempted: readonly HistoryExempted[];
}

// Where two words are of one time, the worse one counts.
const worstFirst: readonly HistoryStatus[] = ['FAIL', 'UNKNOWN', 'PASS', 'NOT_APPLICABLE', 'GONE'];
const rank = (status: HistoryStatus): number => worstFirst.indexOf(status);

interface Moment {
  readonly at: number;
  readonly status: HistoryStatus;
}
/** What a line says that began, and when. */
const momentsOf = (line: HistoryLine): readonly Moment[] => {
  if (line.kind === 'state') return [{ at: Date.parse(line.since), status: line.status }];
  if (line.kind !== 'turn') return [];
  const { from, fromSince, to, at } = line;
  const now = { at: Date.parse(at), status: to };
  return from !== undefined && fromSince !== undefined
    ? [{ at: Date.parse(fromSince), status: from }, now]
    : [now];
};

/** @param until where what is known ends */
const spansOf = (moments: readonly Moment[], until: number): readonly Span[] => {
  const sorted = moments
    .filter(({ at }) => at < until)
    .toSorted((a, b) => a.at - b.at || rank(b.status) - rank(a.status));
  const spans: { status: HistoryStatus; from: number; to: number }[] = [];
  for (const { at, status } of sorted) {
    const last = spans.at(-1);
    if (last?.status === status) continue;
    if (last?.from === at) spans.pop();
    const before = spans.at(-1);
    if (before?.status === status) {
      before.to = until;
      continue;
    }
    if (before) before.to = at;
    spans.push({ status, from: at, to: until });
  }
  return spans;
};

const only = <K extends HistoryLine['kind']>(
  lines: readonly HistoryLine[],
  kind: K,
): readonly Extract<HistoryLine, { kind: K }>[] =>
  lines.filter((line): line is Extract<HistoryLine, { kind: K }> => line.kind === kind);

const identity = (turn: Turn): string => JSON.stringify([turn.at, turn.from, turn.to, turn.cause]);

/** The tags for reports that a resource had last; in whatever order its lines come. */
const lastTagsIn = (
  subjects: readonly HistorySubject[],
  until: number,
): HistorySubject['reportTags'] =>
  subjects
    .flatMap(({ reportTags }) => reportTags ?? [])
    .filter(({ since }) => Date.parse(since) < until)
    .reduce<HistorySubject['reportTags']>(
      (last, one) => (last && last.since >= one.since ? last : one),
      undefined,
    );

/** How each control stood on each resource, in the order of their keys; what is said twice counts once. */
export const timelinesOf = (lines: readonly HistoryLine[], until: number): readonly Timeline[] => {
  const about = lines.filter((line) => line.kind !== 'day' && line.kind !== 'silence');
  const groups = [...groupsBy(about, subjectKey)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return groups.flatMap(([, own]) => {
    const spans = spansOf(own.flatMap(momentsOf), until);
    const last = own.at(-1);
    if (!last || spans.length === 0) return [];
    const { account, region, type, id, arn, control, tags } = last;
    const reportTags = lastTagsIn(own, until);
    const turns = [...new Map(only(own, 'turn').map((turn) => [identity(turn), turn])).values()];
    return [
      {
        subject: {
          account,
          region,
          type,
          id,
          control,
          ...(arn === undefined ? {} : { arn }),
          ...(tags === undefined ? {} : { tags }),
          ...(reportTags ? { reportTags } : {}),
        },
        spans,
        turns: turns.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
        exempted: only(own, 'exempted'),
      },
    ];
  });
};
