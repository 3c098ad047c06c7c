import type { HistoryDay, HistoryLine } from '../../engine/history/line.ts';
import { groupsBy } from '../../support/groups.ts';
import type { Timeline } from './timeline.ts';

/** A time in which nobody knows, and whose. */
export interface Gap {
  readonly account: string;
  /** All of the account, where none is named. */
  readonly region?: string;
  /** All controls, where none is named. */
  readonly control?: string;
  readonly from: number;
  readonly to: number;
  readonly why: string;
}
/** A time, in milliseconds; `to` is not in it. */
export interface Period {
  readonly from: number;
  readonly to: number;
}

const within = ({ from, to }: Period, gap: Gap): readonly Gap[] => {
  const cut = { ...gap, from: Math.max(from, gap.from), to: Math.min(to, gap.to) };
  return cut.from < cut.to ? [cut] : [];
};

const spanOf = ({ from, to }: HistoryDay): Period => ({
  from: Date.parse(from),
  to: Date.parse(to),
});

/** What no file has: before the first, between two, and after the last. */
const unrecorded = (account: string, days: readonly HistoryDay[], period: Period) => {
  const gaps: Gap[] = [];
  let end = period.from;
  for (const day of days) {
    const { from, to } = spanOf(day);
    if (from > end) gaps.push({ account, from: end, to: from, why: 'no history was kept' });
    end = Math.max(end, to);
  }
  if (end < period.to) gaps.push({ account, from: end, to: period.to, why: 'no history was kept' });
  return gaps;
};

/** Times in which something was not looked at, by the heads of the files. */
const notIn = (
  days: readonly HistoryDay[],
  holds: (day: HistoryDay) => boolean,
  gap: Omit<Gap, 'from' | 'to'>,
): readonly Gap[] => days.filter((day) => !holds(day)).map((day) => ({ ...gap, ...spanOf(day) }));

/** Of every region and control that a file or a verdict tells of: one that was never governed or on has no head. */
const ungoverned = (
  account: string,
  days: readonly HistoryDay[],
  subjects: readonly Timeline['subject'][],
): readonly Gap[] => {
  const regions = [
    ...new Set([...days.flatMap((day) => day.regions), ...subjects.map(({ region }) => region)]),
  ].sort();
  const controls = [
    ...new Set([
      ...days.flatMap((day) => Object.keys(day.controls)),
      ...subjects.map(({ control }) => control),
    ]),
  ].sort();
  return [
    ...regions.flatMap((region) =>
      notIn(days, (day) => day.regions.includes(region), {
        account,
        region,
        why: 'the region was not governed',
      }),
    ),
    ...controls.flatMap((control) =>
      notIn(days, (day) => Object.hasOwn(day.controls, control), {
        account,
        control,
        why: 'the control was off',
      }),
    ),
  ];
};

/**
 * Where a control says that Plumbline is blind: where its resource is, or in the account or region that this stands for,
 * which the hub looks at.
 */
const blindAt = ({
  account,
  region,
  type,
  id,
}: Timeline['subject']): Pick<Gap, 'account' | 'region'> => {
  if (type === 'Plumbline::Member') return { account: id };
  if (type !== 'Plumbline::GovernedRegion') return { account, region };
  const [there = '', where = ''] = id.split('/');
  return { account: there, region: where };
};

/** While Plumbline hears nothing somewhere, what passes there was only looked at once a day; where it may not enter, not at all. */
const blind = (timelines: readonly Timeline[]): readonly Gap[] =>
  timelines
    .filter(({ subject }) => /^PL\.(BLIND|ACCOUNT)\./.test(subject.control))
    .flatMap(({ subject, spans }) =>
      spans
        .filter(({ status }) => status === 'FAIL')
        .map(({ from, to }) => ({
          ...blindAt(subject),
          from,
          to,
          why: `blind, by ${subject.control}`,
        })),
    );

const inOrder = (a: Gap, b: Gap): number => {
  const [one, other] = [a, b].map(({ account, region = '', control = '', why, ...span }) =>
    JSON.stringify([account, region, control, why, span.from, span.to]),
  );
  return one === other ? 0 : String(one) < String(other) ? -1 : 1;
};

/** Gaps that follow each other for the same reason are one. */
const joined = (gaps: readonly Gap[]): readonly Gap[] => {
  const all: Gap[] = [];
  for (const gap of gaps) {
    const last = all.at(-1);
    const isSame =
      last !== undefined &&
      last.account === gap.account &&
      last.region === gap.region &&
      last.control === gap.control &&
      last.why === gap.why &&
      last.to >= gap.from;
    if (isSame) all[all.length - 1] = { ...last, to: Math.max(last.to, gap.to) };
    else all.push(gap);
  }
  return all;
};

/** When nobody knows in a period: no history, not governed, off, blind, not heard. */
export const gapsOf = (
  lines: readonly HistoryLine[],
  timelines: readonly Timeline[],
  period: Period,
): readonly Gap[] => {
  const days = lines
    .filter((line) => line.kind === 'day')
    .toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  // One of which no file has a head is dark as a whole.
  const accounts = [...new Set(lines.map(({ account }) => account))].sort();
  const silent = lines.flatMap((line): readonly Gap[] =>
    line.kind === 'silence'
      ? [
          {
            account: line.account,
            region: line.region,
            from: Date.parse(line.from),
            to: Date.parse(line.to),
            why: 'the heartbeat was silent',
          },
        ]
      : [],
  );
  const daysOf = groupsBy(days, ({ account }) => account);
  const subjectsOf = groupsBy(
    timelines.map(({ subject }) => subject),
    ({ account }) => account,
  );
  const all = [
    ...accounts.flatMap((account) => {
      const own = daysOf.get(account) ?? [];
      const subjects = subjectsOf.get(account) ?? [];
      return [...unrecorded(account, own, period), ...ungoverned(account, own, subjects)];
    }),
    ...blind(timelines),
    ...silent,
  ];
  return joined(all.flatMap((gap) => within(period, gap)).toSorted(inOrder));
};
