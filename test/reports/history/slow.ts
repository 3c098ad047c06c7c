import type { HistoryLine, HistoryStatus } from '../../../lib/engine/history/line.ts';
import { hour } from './generated.ts';

// What the report says, found again hour by hour, with nothing of what it is made of.

export interface SlowStanding {
  readonly key: string;
  readonly status: string;
}
type Hourly = string | undefined;

const order = ['GONE', 'NOT_APPLICABLE', 'PASS', 'UNKNOWN', 'FAIL'];
const keyOf = (line: HistoryLine): string | undefined =>
  line.kind === 'day' || line.kind === 'silence'
    ? undefined
    : [line.account, line.region, line.type, line.id, line.control].join('|');

const rawAt = (lines: readonly HistoryLine[], at: number): HistoryStatus | undefined => {
  let latest = Number.NEGATIVE_INFINITY;
  let found: HistoryStatus | undefined;
  const see = (time: string | undefined, status: HistoryStatus | undefined) => {
    if (time === undefined || status === undefined) return;
    const when = Date.parse(time);
    if (when > at || when < latest) return;
    if (when === latest && found && order.indexOf(found) >= order.indexOf(status)) return;
    latest = when;
    found = status;
  };
  for (const line of lines) {
    if (line.kind === 'state') see(line.since, line.status);
    if (line.kind !== 'turn') continue;
    see(line.at, line.to);
    see(line.fromSince, line.from);
  }
  return found;
};

const isIn = (at: number, { from, to }: { from: string; to: string }): boolean =>
  Date.parse(from) <= at && at < Date.parse(to);

const dayLength = 24 * hour;
type Heads = ReadonlyMap<string, readonly HistoryLine[]>;
/** The heads of files by account and day; in generated histories a file has one day. */
const headsOf = (all: readonly HistoryLine[]): Heads => {
  const heads = new Map<string, HistoryLine[]>();
  for (const line of all) {
    if (line.kind !== 'day') continue;
    const key = `${line.account}|${Math.floor(Date.parse(line.from) / dayLength)}`;
    heads.set(key, [...(heads.get(key) ?? []), line]);
  }
  return heads;
};

interface Sky {
  readonly heads: Heads;
  readonly silences: readonly HistoryLine[];
  readonly blindness: ReadonlyMap<string, readonly HistoryLine[]>;
}
/** Whether nobody can know at an hour what passes. */
const isDark = (
  { heads, silences, blindness }: Sky,
  { account, region, control }: { account: string; region: string; control: string },
  at: number,
): boolean => {
  const days = (heads.get(`${account}|${Math.floor(at / dayLength)}`) ?? []).flatMap((line) =>
    line.kind === 'day' ? [line] : [],
  );
  if (days.length === 0) return true;
  if (days.some((day) => !day.regions.includes(region))) return true;
  if (days.some((day) => !(control in day.controls))) return true;
  const isSilent = silences.some(
    (line) =>
      line.kind === 'silence' &&
      line.account === account &&
      line.region === region &&
      isIn(at, line),
  );
  return isSilent || rawAt(blindness.get(`${account}|${region}`) ?? [], at) === 'FAIL';
};

const lengthOver = (
  hours: readonly Hourly[],
  statuses: readonly string[],
  wanted: string,
  first: number,
): number => {
  let [longest, length, has] = [0, 0, false];
  for (const [index, status] of hours.entries()) {
    const isOf = statuses.includes(status ?? '');
    length = isOf ? length + 1 : 0;
    has = isOf && (has || status === wanted);
    if (has && index >= first) longest = Math.max(longest, length);
  }
  return longest;
};

/** Hours that each failure lasts which reaches into the period, and whether the last is open. */
const failuresIn = (hours: readonly Hourly[], first: number) => {
  const found: { length: number; isOpen: boolean }[] = [];
  let index = 0;
  while (index < hours.length) {
    if (hours[index] !== 'FAIL') {
      index += 1;
      continue;
    }
    let last = index;
    let next = index;
    while (next < hours.length && (hours[next] === 'FAIL' || hours[next] === 'UNKNOWN')) {
      if (hours[next] === 'FAIL') last = next;
      next += 1;
    }
    if (last >= first) found.push({ length: last - index + 1, isOpen: next === hours.length });
    index = next;
  }
  return found;
};

const standingOf = (hours: readonly Hourly[], first: number, mostHours: number): string => {
  const failures = failuresIn(hours, first);
  if (failures.some(({ length }) => length > mostHours)) return 'FAIL';
  if (failures.some(({ isOpen }) => isOpen)) return 'UNKNOWN';
  if (lengthOver(hours, ['UNKNOWN', 'FAIL'], 'UNKNOWN', first) > mostHours) return 'UNKNOWN';
  if (lengthOver(hours, ['EXEMPTED', 'FAIL', 'UNKNOWN'], 'EXEMPTED', first) > mostHours)
    return 'EXEMPTED';
  const here = hours.slice(first);
  if (here.includes('PASS') || here.includes('FAIL')) return 'PASS';
  if (here.includes('UNKNOWN')) return 'UNKNOWN';
  return here.includes('EXEMPTED') ? 'EXEMPTED' : 'NONE';
};

/** How each control stands on each resource over a period of whole hours. */
export const slowStandings = (
  all: readonly HistoryLine[],
  period: { readonly from: number; readonly to: number },
  mostHours: (control: string) => number,
): readonly SlowStanding[] => {
  const groups = new Map<string, HistoryLine[]>();
  const blindness = new Map<string, HistoryLine[]>();
  let earliest = period.from;
  const silences = all.filter(({ kind }) => kind === 'silence');
  const sky = { heads: headsOf(all), silences, blindness };
  for (const line of all) {
    const key = keyOf(line);
    if (key === undefined) continue;
    groups.set(key, [...(groups.get(key) ?? []), line]);
    if (line.kind === 'turn') earliest = Math.min(earliest, Date.parse(line.fromSince ?? line.at));
    if (line.kind === 'turn' && line.control.startsWith('PL.BLIND.')) {
      const place = `${line.account}|${line.region}`;
      blindness.set(place, [...(blindness.get(place) ?? []), line]);
    }
  }
  return [...groups].flatMap(([key, lines]): SlowStanding[] => {
    const [one] = lines;
    if (!one || one.kind === 'day' || one.kind === 'silence') return [];
    const hours: Hourly[] = [];
    for (let at = earliest; at < period.to; at += hour) {
      const raw = rawAt(lines, at);
      const isAnswered = lines.some(
        (line) => line.kind === 'exempted' && isIn(at, line) && at < Date.parse(line.expires),
      );
      if (raw === 'FAIL') hours.push(isAnswered ? 'EXEMPTED' : 'FAIL');
      else if ((raw === 'PASS' || raw === 'NOT_APPLICABLE') && at >= period.from)
        hours.push(isDark(sky, one, at) ? 'UNKNOWN' : raw);
      else hours.push(raw);
    }
    if (hours.every((status) => status === undefined)) return [];
    const first = (period.from - earliest) / hour;
    return [{ key, status: standingOf(hours, first, mostHours(one.control)) }];
  });
};
