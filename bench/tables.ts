import { prices } from '../lib/estimate/prices.ts';
import type { BundleFigures } from './bundle.ts';
import type { ColdFigures } from './cold.ts';
import type { EngineFigures } from './engine.ts';
import { kilobytes, megabytes, milliseconds, table } from './figures.ts';
import type { FixFigures } from './fix.ts';
import { type GrowthFigures, sizes } from './growth.ts';
import type { PathFigures } from './path.ts';
import type { ScanFigures } from './scan.ts';
import type { ShareFigures } from './share.ts';
import { kindNames } from './stub/events.ts';
import type { WarmFigures } from './warm.ts';
import type { WriteFigures } from './writes.ts';

export const pathTable = ({ events, medianMs, p95Ms }: PathFigures): string =>
  table(
    [
      'call',
      'finding',
      'median',
      'p95',
      'read calls of one event',
      'facets that the verdicts need',
    ],
    [
      ...events.map((event) => [
        `\`${event.call}\``,
        event.control,
        milliseconds(event.medianMs),
        milliseconds(event.p95Ms),
        Object.entries(event.readCalls)
          .map(([call, times]) => (times === 1 ? call : `${times} × ${call}`))
          .join(', '),
        event.needs.join(', '),
      ]),
      ['all', '', `**${milliseconds(medianMs)}**`, `**${milliseconds(p95Ms)}**`, '', ''],
    ],
  );

export const bundleTable = (figures: readonly BundleFigures[]): string =>
  table(
    ['handler', 'loaded at import', 'import', 'whole bundle'],
    figures.map(({ handler, importedBytes, importMs, wholeBytes }) => [
      handler,
      kilobytes(importedBytes),
      milliseconds(importMs),
      kilobytes(wholeBytes),
    ]),
  );

export const coldTable = (figures: readonly ColdFigures[]): string =>
  table(
    [
      'first event of',
      'event to import',
      'init',
      'start of the process to import',
      'memory after init',
    ],
    figures.map(({ kind, eventToImportMs, initMs, spawnToImportMs, initRssBytes }) => [
      kindNames[kind],
      `**${milliseconds(eventToImportMs)}**`,
      milliseconds(initMs),
      milliseconds(spawnToImportMs),
      megabytes(initRssBytes),
    ]),
  );

const dollars = (amount: number): string => `$${amount.toFixed(2)}`;

/** With what events cost: the prices are of a million units, and of a million requests. */
export const writesTable = (figures: readonly WriteFigures[]): string =>
  table(
    [
      ...['write units of an event of', 'rows', 'that fails', 'that passes'],
      ...['DynamoDB writes of a million that fail', 'SQS of a million'],
    ],
    figures.map(({ kind, form, failing, passing, queueRequests }) => [
      kindNames[kind],
      form === 'json' ? 'as text, by default' : 'compressed',
      `**${failing}**`,
      `**${passing}**`,
      dollars(failing * prices.tableWrite.usd),
      dollars(queueRequests * prices.queueRequest.usd),
    ]),
  );

export const engineLine = ({ rows, controls, evaluationsPerSecond }: EngineFigures): string =>
  `Pure engine, ${rows} rows of ${controls} controls a round, policies unparsed: ` +
  `**${evaluationsPerSecond.toLocaleString('en')} evaluations a second**.`;

export const scanTable = (figures: readonly ScanFigures[]): string =>
  table(
    [
      'buckets, groups, users, databases',
      'resources',
      'verdicts',
      'calls',
      'time',
      'processor',
      'memory at the peak',
    ],
    figures.map(({ account, resources, verdicts, calls, seconds, cpuSeconds, peakBytes }) => [
      [account.buckets, account.groups, account.users, account.databases].join(', '),
      String(resources),
      String(verdicts),
      String(calls),
      `**${seconds.toFixed(1)} s**`,
      `${cpuSeconds.toFixed(1)} s`,
      megabytes(peakBytes),
    ]),
  );

const secondsOf = (ms: number): string => `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 0)} s`;
export const fixTable = ({ atOnce, byDefault, samples }: FixFigures): string =>
  table(
    [
      'drift',
      'control',
      `settle 0, median of ${samples.atOnce}`,
      'p95',
      `default settle, median of ${samples.byDefault}`,
      'p95',
      'AWS calls of one fix, drift to note',
    ],
    atOnce.map(({ control, title, medianMs, p95Ms, calls }) => {
      const slow = byDefault.find((one) => one.control === control);
      const { reads, changes, table: ofTable, other } = calls;
      return [
        title,
        control,
        `**${secondsOf(medianMs)}**`,
        secondsOf(p95Ms),
        secondsOf(slow?.medianMs ?? Number.NaN),
        secondsOf(slow?.p95Ms ?? Number.NaN),
        `${reads} reads, ${changes} changed, ${ofTable} DynamoDB, ${other} others`,
      ];
    }),
  );

/** Where the time from a call to its finding goes, on the local AWS. */
export const stagesTable = ({ events }: PathFigures): string =>
  table(
    ['call', 'until it is answered', 'until the function reads', 'until the finding is imported'],
    events.map(({ call, stages }) => [
      `\`${call}\``,
      milliseconds(stages.call),
      milliseconds(stages.delivery),
      milliseconds(stages.evaluation),
    ]),
  );

export const shareTable = (figures: readonly ShareFigures[]): string =>
  table(
    ['a later event of', 'event to import', 'p95', 'until all is written', 'processor'],
    figures.map(({ kind, eventToImportMs, p95Ms, wholeMs, cpuMs }) => [
      kindNames[kind],
      `**${milliseconds(eventToImportMs)}**`,
      milliseconds(p95Ms),
      milliseconds(wholeMs),
      milliseconds(cpuMs),
    ]),
  );

const shownFromMs = 5;

/** Of those that take a while at the largest size. */
export const growthTable = (figures: readonly GrowthFigures[]): string =>
  table(
    ['control', 'shape', ...sizes.map(String), 'plan for 2000'],
    figures
      .filter(({ ms, planMs = 0 }) => Math.max(...ms, planMs) >= shownFromMs)
      .map(({ control, shape, ms, planMs }) => [
        control,
        shape.replaceAll('|', '/'),
        ...ms.map(milliseconds),
        planMs === undefined ? '' : milliseconds(planMs),
      ]),
  );

export const warmTable = (figures: readonly WarmFigures[]): string =>
  table(
    ['event of', 'FAIL: event to import', 'PASS: event to the end'],
    figures.map(({ kind, failImportMs, passWholeMs }) => [
      kindNames[kind],
      `**${milliseconds(failImportMs)}**`,
      `**${milliseconds(passWholeMs)}**`,
    ]),
  );
