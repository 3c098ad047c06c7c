import type { Gap, Period } from './gaps.ts';
import type { Span, Timeline } from './timeline.ts';

/** A status as it counts: a gap is unknown, and a failure that somebody answers for is exempted. */
type Counted = 'PASS' | 'FAIL' | 'UNKNOWN' | 'EXEMPTED' | 'NOT_APPLICABLE' | 'GONE';
export interface Episode extends Period {
  /** Whether it had not ended by the end of the period. */
  readonly isOpen: boolean;
}
/** How a control stood on a resource over a period. */
export interface StandingOver {
  readonly status: 'FAIL' | 'UNKNOWN' | 'EXEMPTED' | 'PASS' | 'NONE';
  /** Failures that reach into the period, each from its true beginning. */
  readonly episodes: readonly Episode[];
  /** Why it is unknown, where it is. */
  readonly unknown?: 'open' | 'unseen';
  /** How it counted at the beginning and at the end; `undefined` where it was not there. */
  readonly first: Counted | undefined;
  readonly last: Counted | undefined;
}

const day = 86_400_000;
/** Days within which a failure is put right, by severity. */
export const allowedDays: Readonly<Record<string, number>> = {
  CRITICAL: 1,
  HIGH: 7,
  MEDIUM: 30,
  LOW: 90,
};
/** The time that a failure may last; one of no known severity none. */
export const allowedMs = (severity: string): number => (allowedDays[severity] ?? 0) * day;

const concerns = (gap: Gap, { subject }: Timeline): boolean =>
  gap.account === subject.account &&
  (gap.region === undefined || gap.region === subject.region) &&
  (gap.control === undefined || gap.control === subject.control);

/** When somebody answered for it: as the files say, and no longer than the exemption holds. */
const answeredIn = ({ exempted }: Timeline): readonly Period[] =>
  exempted.map(({ from, to, expires }) => ({
    from: Date.parse(from),
    to: Math.min(Date.parse(to), Date.parse(expires)),
  }));

const covers = (spans: readonly Period[], at: number): boolean =>
  spans.some(({ from, to }) => from <= at && at < to);

const countedAs = (status: Span['status'], isAnswered: boolean, isGap: boolean): Counted => {
  if (status === 'FAIL') return isAnswered ? 'EXEMPTED' : 'FAIL';
  // What fails in a gap fails all the same; what passes there, nobody knows.
  return isGap && (status === 'PASS' || status === 'NOT_APPLICABLE') ? 'UNKNOWN' : status;
};

/** The timeline as it counts, up to an end; neighbours of one status are one. */
const countedOf = (
  timeline: Timeline,
  gaps: readonly Gap[],
  end: number,
): readonly Span<Counted>[] => {
  const own = gaps.filter((gap) => concerns(gap, timeline));
  const answered = answeredIn(timeline);
  const edges = [...own, ...answered].flatMap(({ from, to }) => [from, to]);
  const counted: Span<Counted>[] = [];
  for (const span of timeline.spans) {
    const to = Math.min(span.to, end);
    const inside = edges.filter((at) => at > span.from && at < to);
    const cuts = [...new Set([span.from, ...inside])].toSorted((x, y) => x - y);
    for (const [index, from] of cuts.entries()) {
      if (from >= to) continue;
      const status = countedAs(span.status, covers(answered, from), covers(own, from));
      const next = cuts[index + 1] ?? to;
      const last = counted.at(-1);
      if (last?.status === status) counted[counted.length - 1] = { ...last, to: next };
      else counted.push({ status, from, to: next });
    }
  }
  return counted;
};

/** Failures; what is unknown within one neither ends it nor makes it longer. */
const episodesOf = (spans: readonly Span<Counted>[], end: number): readonly Episode[] => {
  const episodes: Episode[] = [];
  let began: number | undefined;
  let failedUntil = 0;
  for (const { status, from, to } of spans) {
    if (status === 'FAIL') {
      began ??= from;
      failedUntil = to;
    } else if (status !== 'UNKNOWN' && began !== undefined) {
      episodes.push({ from: began, to: failedUntil, isOpen: false });
      began = undefined;
    }
  }
  const isOpen = spans.at(-1)?.to === end;
  if (began !== undefined) episodes.push({ from: began, to: failedUntil, isOpen });
  return episodes;
};

/** The longest run of these statuses that has one of `wanted` in it and reaches into the period. */
const longestRun = (
  spans: readonly Span<Counted>[],
  statuses: readonly Counted[],
  wanted: Counted,
  period: Period,
): number => {
  let longest = 0;
  let run: { from: number; has: boolean } | undefined;
  for (const { status, from, to } of spans) {
    if (!statuses.includes(status)) {
      run = undefined;
      continue;
    }
    run = { from: run?.from ?? from, has: run?.has === true || status === wanted };
    if (run.has && to > period.from && run.from < period.to)
      longest = Math.max(longest, to - run.from);
  }
  return longest;
};

const statusAt = (spans: readonly Span<Counted>[], at: number): Counted | undefined =>
  spans.find(({ from, to }) => from <= at && at < to)?.status;

/** How it stands where nothing lasted for too long. */
const shortly = (spans: readonly Span<Counted>[]): StandingOver['status'] => {
  const has = (...statuses: readonly Counted[]) =>
    spans.some(({ status }) => statuses.includes(status));
  if (has('PASS', 'FAIL')) return 'PASS';
  if (has('UNKNOWN')) return 'UNKNOWN';
  return has('EXEMPTED') ? 'EXEMPTED' : 'NONE';
};

/**
 * How a control stood on a resource over a period. It fails where a failure lasted for longer than it may, from its true
 * beginning. It is unknown where one has not ended, so that nobody knows how long it lasts, and where nobody looked for so
 * long that such a failure can have been. Else it passes, however often it failed for a short time.
 */
export const standingOver = (
  timeline: Timeline,
  gaps: readonly Gap[],
  period: Period,
  mostMs: number,
): StandingOver => {
  const spans = countedOf(timeline, gaps, period.to);
  const inPeriod = spans.filter(({ to }) => to > period.from);
  const episodes = episodesOf(spans, period.to).filter(({ to }) => to > period.from);
  const found = {
    episodes,
    first: statusAt(spans, period.from),
    last: statusAt(spans, period.to - 1),
  };
  if (episodes.some(({ from, to }) => to - from > mostMs)) return { ...found, status: 'FAIL' };
  if (episodes.some(({ isOpen }) => isOpen))
    return { ...found, status: 'UNKNOWN', unknown: 'open' };
  const unseen = longestRun(spans, ['UNKNOWN', 'FAIL'], 'UNKNOWN', period);
  if (unseen > mostMs) return { ...found, status: 'UNKNOWN', unknown: 'unseen' };
  const answered = longestRun(spans, ['EXEMPTED', 'FAIL', 'UNKNOWN'], 'EXEMPTED', period);
  if (answered > mostMs) return { ...found, status: 'EXEMPTED' };
  const status = shortly(inPeriod);
  return { ...found, status, ...(status === 'UNKNOWN' ? { unknown: 'unseen' as const } : {}) };
};
