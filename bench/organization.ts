import { callsInMonth, estimate } from '../lib/estimate/estimate.ts';
import { daysInMonth, perChange } from '../lib/estimate/quantities.ts';
import { benchAway } from './away.ts';
import { withChild } from './bundled-child.ts';
import { megabytes, milliseconds, p95Of, table } from './figures.ts';
import { kindNames } from './stub/events.ts';

interface Memory {
  readonly rssBytes: number;
  readonly assumed: number;
}

/** Of one account, and of two hundred. */
const memories = (): Promise<readonly [Memory, Memory]> =>
  withChild(new URL('./accounts-child.ts', import.meta.url), async (ask) => [
    await ask<Memory>('1'),
    await ask<Memory>('200'),
  ]);

const month = 100_000_000;
const large = {
  accounts: 1000,
  regions: 17,
  changes: month / daysInMonth,
  resources: 1_000_000,
};
/** What the functions that take changes evaluate in a second: 5 at once, 10 a batch, as late as AWS is. */
const [functions, batch, batchSeconds] = [5, 10, 0.25];
const capacity = (functions * batch) / batchSeconds;
const secondsOfDay = 86_400;
/** A day's shape: by night a third of the mean, by day up to the double, and ten minutes of the tenfold. */
const weightAt = (second: number): number => {
  const usual = 1 + Math.sin((second / secondsOfDay) * 2 * Math.PI) * 0.85;
  const isBurst = second >= 36_000 && second < 36_600;
  return isBurst ? 10 : usual;
};

/** The seconds that a change waits in the queue, each second of a day; what waits is taken in its order. */
const waitsOf = (perSecond: number): readonly number[] => {
  let waiting = 0;
  return Array.from({ length: secondsOfDay }, (_, second) => {
    waiting = Math.max(0, waiting + perSecond * weightAt(second) - capacity);
    return waiting / capacity;
  });
};

const seconds = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} s`;
const dollars = (usd: number): string =>
  `$${usd.toLocaleString('en-US', { maximumFractionDigits: 0 })}`;
const counted = (quantity: number): string =>
  quantity.toLocaleString('en-US', { maximumFractionDigits: 0 });

/** A figure of another account as a multiple of one. */
const times = (away: number, alone: number): string => `${(away / alone).toFixed(2)} ×`;

const awayText = async (): Promise<string> => {
  const rows = (await benchAway()).map(({ kind, alone, away }) => [
    kindNames[kind],
    milliseconds(alone.eventToImportMs),
    milliseconds(away.eventToImportMs),
    times(away.eventToImportMs, alone.eventToImportMs),
    milliseconds(alone.cpuMs),
    milliseconds(away.cpuMs),
    times(away.cpuMs, alone.cpuMs),
  ]);
  const head = ['an event of', 'one account', 'another account', '', 'its processor', 'there', ''];
  return `The product's own share of an event of another account, whose roles were assumed before, beside that of a single account; medians of three processes each, in turn:\n\n${table(head, rows)}`;
};

/** What many accounts take: measured where a process shows it, else computed by the data of `plumbline estimate`. */
export const organizationText = async (): Promise<string> => {
  const path = await awayText();
  const [few, many] = await memories();
  const waits = waitsOf(month / daysInMonth / secondsOfDay);
  const { positions, usd, elsewhere } = estimate(large);
  const memory = `Clients and credentials of accounts in two regions, eight services each, a bundled process: of 1 account ${megabytes(few.rssBytes)}, of 200 accounts **${megabytes(many.rssBytes)}**, by ${many.assumed} calls of AssumeRole.`;
  const queue = `A model of 1,000 accounts in 17 regions with 100 million changes a month, ${counted(capacity)} a second evaluated at once: a change waits ${seconds(p95Of(waits))} in 95 of 100 seconds of a day, at most ${seconds(Math.max(...waits))}, after ten minutes of the tenfold. The table takes ${counted(month * perChange.tableWrites)} write units for them. The accounts see ${counted(callsInMonth(large))} of our calls a month, ${counted(callsInMonth({ ...large, changes: 0, resources: 0 }))} of them by sweeps of regions.`;
  const costs = table(
    ['position', 'quantity', 'a month'],
    [...positions, ...elsewhere].map(({ what, quantity, unit, usd: of }) => [
      what,
      `${counted(quantity)} ${unit}`,
      dollars(of),
    ]),
  );
  return [
    path,
    memory,
    queue,
    `What that costs, ${dollars(usd)} without the last two:\n\n${costs}`,
  ].join('\n\n');
};
