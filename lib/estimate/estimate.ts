import { plural } from '../support/plural.ts';
import { checkSources, checkTiers, type Priced, prices, tiered } from './prices.ts';
import {
  daysInMonth,
  daysKept,
  forwardedShare,
  idle,
  lambdaGigabytes,
  perChange,
  secondsInMonth,
  sweepCalls,
} from './quantities.ts';

/** What is to be estimated. */
export interface Installation {
  readonly accounts: number;
  readonly regions: number;
  /** A day, in all accounts and regions. */
  readonly changes: number;
  /** Resources that are evaluated, in all accounts and regions. */
  readonly resources: number;
}
/** One line of a bill, for a month. */
export interface Position {
  readonly what: string;
  readonly quantity: number;
  readonly unit: string;
  /** US dollars for `per` units. */
  readonly price: number;
  readonly per: number;
  readonly usd: number;
  readonly date: string;
  readonly source: string;
}
export interface Estimate {
  /** Whose list prices they are. */
  readonly region: 'us-east-1';
  /** What it costs whoever runs it. */
  readonly positions: readonly Position[];
  readonly usd: number;
  /** What its reads cost where GuardDuty or a second trail is on. */
  readonly elsewhere: readonly Position[];
  /** What each of these adds where the baseline asks for it. */
  readonly optional: readonly Position[];
  /** What it can replace costs for the same changes. */
  readonly replaced: readonly Position[];
}

const gigabyte = 1e9;

const position = (what: string, quantity: number, priced: Priced): Position => {
  const { usd: price, per, unit, date, source } = prices[priced];
  return { what, quantity, unit, price, per, usd: (quantity / per) * price, date, source };
};

const placesOf = ({ accounts, regions }: Installation): number => accounts * regions;
const changesInMonth = ({ changes }: Installation): number => changes * daysInMonth;

/** Evaluations in a month: each change, and every resource once a day. */
const looksInMonth = ({ changes, resources }: Installation): number =>
  (changes + resources) * daysInMonth;

/** What is billed even if nothing changes. */
const standing = (): readonly Position[] => [
  position(
    'polling the queues',
    (idle.queues * idle.pollers * secondsInMonth) / idle.pollSeconds,
    'queueRequest',
  ),
  position('alarms', idle.alarmMetrics, 'alarm'),
  position('heartbeat and sweep by the clock', idle.ticks, 'invocation'),
  position('their computing', idle.ticks * idle.tickSeconds * lambdaGigabytes, 'computing'),
  position('logs by the clock', idle.logGigabytes, 'logs'),
];

const kept = (changes: number, bytes: number, days: number): number =>
  (changes * bytes * (days / daysInMonth)) / gigabyte;

/** Events that come from another account or region than that of the hub. */
const forwarded = (of: Installation): readonly Position[] => {
  const places = placesOf(of);
  const events = (changesInMonth(of) * (1 - 1 / places)) / forwardedShare;
  const abroad = events * (1 - 1 / of.regions);
  return [
    position('events to the bus of the hub', events, 'forwardedEvent'),
    position(
      'their transfer between regions',
      (abroad * perChange.eventBytes) / gigabyte,
      'transfer',
    ),
  ];
};

/** Findings in a month beyond those that are free in each account and region. */
const paidFindings = (of: Installation): number =>
  Math.max(0, changesInMonth(of) * perChange.findings - placesOf(of) * 10_000);

const byChanges = (of: Installation): readonly Position[] => {
  const changes = changesInMonth(of);
  const looks = looksInMonth(of);
  return [
    ...forwarded(of),
    position('messages of what is evaluated', looks * perChange.queueRequests, 'queueRequest'),
    position('evaluations', looks, 'invocation'),
    position(
      'computing of evaluations',
      looks * perChange.lambdaSeconds * lambdaGigabytes,
      'computing',
    ),
    position('rows and transitions, written', looks * perChange.tableWrites, 'tableWrite'),
    position('rows, read', looks * perChange.tableReads, 'tableRead'),
    position(
      `transitions, kept for ${plural(daysKept.table, 'day')}`,
      kept(changes, perChange.tableBytes, daysKept.table),
      'tableStorage',
    ),
    position('logs of evaluations', (looks * perChange.logBytes) / gigabyte, 'logs'),
    position('findings in Security Hub, at most', paidFindings(of), 'finding'),
  ];
};

/** Our read calls in a month, in all accounts: after changes, and in the sweep of each region. */
export const callsInMonth = (of: Installation): number => {
  const { whole, other, daysBetween } = sweepCalls;
  const aDay = (whole + other * (daysBetween - 1)) / daysBetween;
  return looksInMonth(of) * perChange.readCalls + placesOf(of) * aDay * daysInMonth;
};

/** Requests of the KMS key that one action makes, at most; it makes at least four. */
const requestsOfAction = 7;
const actions = 1000;

const optionally = (of: Installation): readonly Position[] => {
  const changes = changesInMonth(of);
  const history = kept(changes, perChange.historyBytes, daysKept.history);
  return [
    position('remediation: the key that seals', 1, 'key'),
    position(
      `remediation: its requests of ${plural(actions, 'action')}`,
      actions * requestsOfAction,
      'keyRequest',
    ),
    position(
      'remediation: polling one more queue',
      (idle.pollers * secondsInMonth) / idle.pollSeconds,
      'queueRequest',
    ),
    position(
      `history: evidence in S3, kept for ${plural(daysKept.history, 'day')}`,
      history,
      'storage',
    ),
    position('history: its files', of.accounts * 2 * daysInMonth, 'put'),
    position('configRules: AWS Config records each change', changes, 'configItem'),
  ];
};

const checks = (what: string, of: Installation, source: string): Position => {
  const quantity = changesInMonth(of) * perChange.controls;
  const usd = placesOf(of) * tiered(quantity / placesOf(of), checkTiers);
  return {
    what,
    quantity,
    unit: 'checks, by tiers an account and region',
    price: quantity === 0 ? 0 : usd / quantity,
    per: 1,
    usd,
    date: checkSources.date,
    source,
  };
};

const replaces = (of: Installation): readonly Position[] => [
  checks('checks of Security Hub', of, checkSources.securityHub),
  checks('rules of AWS Config that you write', of, checkSources.config),
  position('AWS Config, which both need', changesInMonth(of), 'configItem'),
  position('a key of its own in each account and region', placesOf(of), 'key'),
];

/** What an installation costs a month, by list prices without free tiers. */
export const estimate = (of: Installation): Estimate => {
  const positions = [...standing(), ...byChanges(of)];
  const calls = callsInMonth(of);
  return {
    region: 'us-east-1',
    positions,
    usd: positions.reduce((sum, { usd }) => sum + usd, 0),
    elsewhere: [
      position('our reads, looked at by GuardDuty', calls, 'guardedEvent'),
      position('our reads, in a second trail', calls, 'secondTrail'),
    ],
    optional: optionally(of),
    replaced: replaces(of),
  };
};
