import type { HistoryDay, HistoryLine } from '../../engine/history/line.ts';
import { groupsBy } from '../../support/groups.ts';
import { noCounts, type RecordedCounts, sumOf } from '../compliance/counts.ts';
import { type PlacedResult, type Recorded, scanSchema } from '../compliance/record.ts';
import type { Tag } from '../compliance/scope.ts';
import type { Unseen } from '../compliance/untold.ts';
import { severities } from '../result.ts';
import { type Durations, durationsOf, secondsToDetect, secondsToRepair } from './durations.ts';
import { type Gap, gapsOf, type Period } from './gaps.ts';
import { type Move, moveOf } from './moved.ts';
import { allowedDays, allowedMs, type StandingOver, standingOver } from './standing-over.ts';
import { taggedIn } from './tagged.ts';
import { type Timeline, timelinesOf } from './timeline.ts';

/** What a control is called; an unknown one has no severity, and its failures no time. */
export type ControlName = (id: string) => { readonly title: string; readonly severity: string };

/** A control on a resource that moved in a period. */
export interface Moved {
  readonly move: Move;
  readonly account: string;
  readonly region: string;
  readonly control: string;
  readonly resource: string;
  /** When it turned to what it is. */
  readonly at?: string;
  /** Pseudonyms of those whose calls can have brought it about. */
  readonly by?: readonly string[];
}
/** What a history says of a period, beside how each control stands. */
export interface PeriodAbout {
  readonly from: string;
  readonly to: string;
  readonly allowedDays: Readonly<Record<string, number>>;
  readonly gaps: readonly (Omit<Gap, 'from' | 'to'> & {
    readonly from: string;
    readonly to: string;
  })[];
  readonly moved: readonly Moved[];
  /** In seconds. */
  readonly detected: Durations;
  readonly repaired: Durations;
  /** Failures that reach into the period. */
  readonly episodes: number;
  /** Times at which the baseline or Plumbline changed. */
  readonly changes: readonly { readonly at: string; readonly what: 'baseline' | 'release' }[];
}
export interface PeriodReport {
  readonly records: readonly Recorded[];
  readonly about: PeriodAbout;
}

const iso = (at: number): string => new Date(at).toISOString();
const daysText = (ms: number): string => {
  const hours = Math.floor(ms / 3_600_000);
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
};

interface Stood {
  readonly timeline: Timeline;
  readonly standing: StandingOver;
}

const reasonOf = ({ standing }: Stood, severity: string): string => {
  const longest = standing.episodes.toSorted((a, b) => b.to - b.from - (a.to - a.from))[0];
  const most = `a failure of its severity may last ${allowedDays[severity] ?? 0} d`;
  if (standing.unknown === 'unseen' || !longest)
    return `nobody looked for so long that it can have failed for too long: ${most}`;
  const end = longest.isOpen ? 'and still fails' : `until ${iso(longest.to)}`;
  return `it failed from ${iso(longest.from)} ${end}, ${daysText(longest.to - longest.from)}: ${most}`;
};

const countKey = {
  FAIL: 'failed',
  UNKNOWN: 'unknown',
  EXEMPTED: 'exempted',
  PASS: 'passed',
  NONE: 'notApplicable',
} as const satisfies Readonly<Record<StandingOver['status'], keyof RecordedCounts>>;

const resultOf = (stood: Stood, name: ControlName, at: string): readonly PlacedResult[] => {
  const { timeline, standing } = stood;
  const { account, region, type, id, arn, control } = timeline.subject;
  if (standing.status === 'PASS' || standing.status === 'NONE') return [];
  const { title, severity } = name(control);
  const exempted = timeline.exempted.at(-1);
  const [first] = standing.episodes;
  return [
    {
      account,
      at,
      control,
      title,
      severity: severities.find((each) => each === severity) ?? 'LOW',
      resourceType: type,
      region,
      id,
      arn: arn ?? id,
      status: standing.status === 'UNKNOWN' ? 'UNKNOWN' : 'FAIL',
      reason:
        standing.status === 'EXEMPTED'
          ? 'it failed, and somebody answered for it'
          : reasonOf(stood, severity),
      priority: 'standard',
      priorityWhy: 'a history does not say who can reach it',
      ...(first ? { since: iso(first.from) } : {}),
      ...(standing.status === 'EXEMPTED' && exempted
        ? {
            exemption: {
              control,
              resource: arn ?? id,
              owner: exempted.owner,
              reason: exempted.reason,
              expires: exempted.expires,
            },
          }
        : {}),
    },
  ];
};

/** What of an account's history a requirement is stood by, in the form of a scan. */
const recordOf = (
  account: string,
  days: readonly HistoryDay[],
  own: readonly Stood[],
  name: ControlName,
  period: Period,
  { gaps, notLookedAt }: Unseen,
): Recorded => {
  const controls: Record<string, RecordedCounts> = {};
  for (const { timeline, standing } of own) {
    const { control } = timeline.subject;
    const key = countKey[standing.status];
    const before = controls[control] ?? noCounts;
    controls[control] = { ...before, [key]: before[key] + 1 };
  }
  const last = days.findLast((day) => day.account === account);
  const at = iso(period.to);
  return {
    schema: scanSchema,
    source: 'history',
    at,
    plumbline: last?.plumbline ?? '',
    baseline: last?.baseline ?? '',
    account,
    regions: [
      ...new Set(days.flatMap((day) => (day.account === account ? day.regions : []))),
    ].sort(),
    homeRegion: last?.homeRegion ?? '',
    resources: new Set(
      own.map(({ timeline: { subject } }) =>
        JSON.stringify([subject.region, subject.type, subject.id]),
      ),
    ).size,
    isNarrowed: false,
    counts: sumOf(Object.values(controls)),
    controls: Object.fromEntries(Object.entries(controls).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    results: own.flatMap((one) => resultOf(one, name, at)),
    ...(gaps.length > 0 ? { gaps: [...gaps] } : {}),
    ...(notLookedAt.length > 0 ? { notLookedAt: [...notLookedAt] } : {}),
  };
};

/** When the baseline or the release changed: from which file on another one counts. */
const changesOf = (days: readonly HistoryDay[]): PeriodAbout['changes'] => {
  const last = new Map<string, HistoryDay>();
  return days.flatMap((day) => {
    const before = last.get(day.account);
    last.set(day.account, day);
    if (!before) return [];
    return [
      ...(before.baseline === day.baseline ? [] : [{ at: day.from, what: 'baseline' as const }]),
      ...(before.plumbline === day.plumbline ? [] : [{ at: day.from, what: 'release' as const }]),
    ];
  });
};

const movedOf = (
  { timeline, standing }: Stood,
  period: Period,
  releases: readonly number[],
): readonly Moved[] => {
  const move = moveOf(timeline, standing, period, releases);
  if (move === undefined) return [];
  const { account, region, control, arn, id } = timeline.subject;
  const turn = timeline.turns.findLast(({ at }) => Date.parse(at) < period.to);
  return [
    {
      move,
      account,
      region,
      control,
      resource: arn ?? id,
      ...(turn ? { at: turn.at } : {}),
      ...(turn?.by ? { by: turn.by } : {}),
    },
  ];
};

/** What a history says of a period. Nothing but what it is given enters it: the same lines give the same answer. */
export const periodReport = (
  lines: readonly HistoryLine[],
  period: Period,
  name: ControlName,
  isWanted: (subject: Timeline['subject']) => boolean = () => true,
  tags: readonly Tag[] = [],
): PeriodReport => {
  const all = timelinesOf(lines, period.to);
  const gaps = gapsOf(lines, all, period);
  const gapsIn = groupsBy(gaps, ({ account }) => account);
  const days = lines
    .filter((line) => line.kind === 'day')
    .toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  const inPeriod = days.filter(
    ({ from, to }) => Date.parse(to) > period.from && Date.parse(from) < period.to,
  );
  const asked = all.filter(({ subject }) => isWanted(subject));
  const tagged = taggedIn(asked, inPeriod, tags, period);
  const stood = tagged.timelines.map((timeline) => {
    const { account, control } = timeline.subject;
    const most = allowedMs(name(control).severity);
    return {
      timeline,
      standing: standingOver(timeline, gapsIn.get(account) ?? [], period, most),
    };
  });
  const changes = changesOf(inPeriod);
  const releases = changes.flatMap(({ at, what }) => (what === 'release' ? [Date.parse(at)] : []));
  const accounts = [...new Set(lines.map(({ account }) => account))].sort();
  const stoodIn = groupsBy(stood, ({ timeline }) => timeline.subject.account);
  return {
    records: accounts.map((account) =>
      recordOf(
        account,
        inPeriod,
        stoodIn.get(account) ?? [],
        name,
        period,
        tagged.unseenIn(account),
      ),
    ),
    about: {
      from: iso(period.from),
      to: iso(period.to),
      allowedDays,
      gaps: gaps.map(({ from, to, ...gap }) => ({ ...gap, from: iso(from), to: iso(to) })),
      moved: stood.flatMap((one) => movedOf(one, period, releases)),
      detected: durationsOf(stood.flatMap((one) => secondsToDetect(one.timeline, period))),
      repaired: durationsOf(stood.flatMap((one) => secondsToRepair(one.standing, period))),
      episodes: stood.reduce((sum, one) => sum + one.standing.episodes.length, 0),
      changes,
    },
  };
};
