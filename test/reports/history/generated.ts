import {
  type HistoryDay,
  type HistoryLine,
  type HistoryStatus,
  historyLine,
  historySchema,
} from '../../../lib/engine/history/line.ts';

export const hour = 3_600_000;
export const day = 24 * hour;
export const start = Date.parse('2025-11-01T00:00:00.000Z');
export const iso = (at: number): string => new Date(at).toISOString();

/** Numbers from 0 to 1 that only the seed decides (mulberry32). */
export const numbersOf = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const accounts = ['111111111111', '222222222222', '333333333333'];
const regions = ['us-east-1', 'eu-west-1'];
export const severityOf: Readonly<Record<string, string>> = {
  'A.1': 'CRITICAL',
  'A.2': 'HIGH',
  'A.3': 'MEDIUM',
  'PL.BLIND.1': 'HIGH',
};
const controls = Object.keys(severityOf);

interface Subject {
  readonly account: string;
  readonly region: string;
  readonly type: string;
  readonly id: string;
  readonly control: string;
}
type Dice = () => number;
const pick = <T>(dice: Dice, all: readonly T[]): T => {
  const found = all[Math.floor(dice() * all.length)];
  if (found === undefined) throw new Error('nothing to pick');
  return found;
};

/** A life of one control on one resource, in whole hours: how it turned. */
const lifeOf = (subject: Subject, days: number, dice: Dice): readonly HistoryLine[] => {
  const lines: HistoryLine[] = [];
  const isBlindness = subject.control.startsWith('PL.');
  let at = start + Math.floor(dice() * (isBlindness ? 2 : days * 12)) * hour;
  let before: { status: HistoryStatus; since: number } | undefined;
  const end = start + days * day;
  while (at < end) {
    const status: HistoryStatus = pick(
      dice,
      isBlindness
        ? ['PASS', 'PASS', 'PASS', 'FAIL']
        : ['PASS', 'PASS', 'PASS', 'FAIL', 'FAIL', 'UNKNOWN', 'NOT_APPLICABLE', 'GONE'],
    );
    if (status !== before?.status) {
      lines.push({
        kind: 'turn',
        ...subject,
        ...(before ? { from: before.status } : {}),
        ...(before && before.status !== 'UNKNOWN' ? { fromSince: iso(before.since) } : {}),
        to: status,
        at: iso(at),
        cause: before ? pick(dice, ['event', 'found', 'baseline']) : 'first',
        ...(dice() < 0.5 ? { calledAt: iso(at - hour) } : {}),
      });
      before = { status, since: at };
    }
    // From hours to months.
    at += Math.ceil(2 ** (dice() * 10)) * hour;
  }
  return lines;
};

const daysOf = (account: string, days: number, dice: Dice): readonly HistoryDay[] => {
  const all: HistoryDay[] = [];
  let isRegionOff = false;
  let isControlOff = false;
  let isMissing = false;
  for (let index = 0; index < days; index += 1) {
    if (dice() < 0.03) isRegionOff = !isRegionOff;
    if (dice() < 0.03) isControlOff = !isControlOff;
    if (dice() < 0.04) isMissing = !isMissing;
    if (isMissing) continue;
    all.push({
      kind: 'day',
      schema: historySchema,
      account,
      from: iso(start + index * day),
      to: iso(start + (index + 1) * day),
      plumbline: index < days / 2 ? '0.1.0' : '0.2.0',
      baseline: index < days / 3 ? 'a' : 'b',
      homeRegion: 'us-east-1',
      regions: isRegionOff ? ['us-east-1'] : regions,
      controls: Object.fromEntries(
        controls.filter((id) => !(isControlOff && id === 'A.2')).map((id) => [id, 'settings']),
      ),
    });
  }
  return all;
};

/** Somebody answers for a failure for some days, each of which its file tells of. */
const exemptedOf = (subject: Subject, days: readonly HistoryDay[], dice: Dice): HistoryLine[] => {
  if (dice() < 0.6) return [];
  const first = Math.floor(dice() * days.length);
  const some = days.slice(first, first + Math.ceil(dice() * 60));
  const expires = iso(Date.parse(some.at(-1)?.to ?? iso(start)) - 5 * hour);
  return some.map(({ from, to }) => ({
    kind: 'exempted',
    ...subject,
    from,
    to,
    owner: 'web team',
    reason: 'a public site',
    expires,
  }));
};

/** A history of three accounts, with gaps, exemptions, silence and blindness, which only the seed decides. */
export const historyOf = (seed: number, days: number): readonly HistoryLine[] => {
  const dice = numbersOf(seed);
  const lines = accounts.flatMap((account): HistoryLine[] => {
    const files = daysOf(account, days, dice);
    const subjects = regions.flatMap((region) => [
      ...['one', 'two'].flatMap((id) =>
        ['A.1', 'A.2', 'A.3'].map((control) => ({
          account,
          region,
          type: 'AWS::Lamp',
          id,
          control,
        })),
      ),
      {
        account,
        region,
        type: 'Plumbline::CloudTrail::Region',
        id: 'trail',
        control: 'PL.BLIND.1',
      },
    ]);
    const silentFrom = start + Math.floor(dice() * days * 24) * hour;
    return [
      ...files,
      ...subjects.flatMap((subject) => [
        ...lifeOf(subject, days, dice),
        ...(subject.control === 'PL.BLIND.1' ? [] : exemptedOf(subject, files, dice)),
      ]),
      {
        kind: 'silence',
        account,
        region: pick(dice, regions),
        from: iso(silentFrom),
        to: iso(silentFrom + Math.ceil(dice() * 200) * hour),
      },
    ];
  });
  return lines.map((line) => historyLine.parse(line));
};
