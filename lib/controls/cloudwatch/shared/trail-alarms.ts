import {
  type Context,
  defineControl,
  type Evidence,
  fail,
  notApplicable,
  pass,
  type Snapshot,
  unknown,
  type Verdict,
} from '../../../model/control.ts';
import { cloudWatchRegion } from '../../../resources/account/cloudwatch-region.ts';
import { homeRegionOf } from '../../../services/regions.ts';
import { recordsEveryCall } from '../../cloudtrail/shared/trail-selection.ts';
import { type Conjunction, covers, parsePattern } from './filter-pattern.ts';

type Trail = Snapshot<typeof cloudWatchRegion, 'trailAlarms'>['trailAlarms'][number];
type RegionContext = Pick<Context<Record<never, never>>, 'ref' | 'regions'>;
type Filter = NonNullable<Trail['filters']>[number];

const accountOf = ({ arn }: Trail): string => arn.split(':')[4] ?? '';

/** The services whose events these are, as far as they say. */
const sourcesOf = (events: readonly Conjunction[]): readonly string[] =>
  events.flat().flatMap(({ field, value = '' }) => (field === '$.eventSource' ? [value] : []));

const recordsAll = (selectors: NonNullable<Trail['selectors']>, events: readonly Conjunction[]) => {
  // A trail may leave out KMS and the RDS Data API, for they are called so often; what else is told of it records.
  const mayBeLeftOut = ['kms.amazonaws.com', 'rdsdata.amazonaws.com'];
  return recordsEveryCall(
    selectors,
    (source) => mayBeLeftOut.includes(source) && !sourcesOf(events).includes(source),
  );
};

/** What is known of the trails that could tell of these events, by where the rest of the chain is. */
const standing = (
  trails: readonly Trail[],
  events: readonly Conjunction[],
  { ref: { account, region }, regions = [] }: RegionContext,
) => {
  const whole = trails.filter(
    ({ isMultiRegion, isLogging, selectors }) =>
      isMultiRegion && isLogging !== false && (!selectors || recordsAll(selectors, events)),
  );
  const isForeign = (trail: Trail) =>
    trail.group
      ? trail.group.account !== account
      : accountOf(trail) !== account || trail.isLogging === undefined;
  const elsewhere = whole.flatMap(({ group }) =>
    group?.account === account && group.region !== region ? [group.region] : [],
  );
  return {
    here: whole.filter(({ filters }) => filters !== undefined),
    foreign: whole.find(isForeign),
    evaluatedIn: elsewhere.find((there) => regions.includes(there)),
    elsewhere: elsewhere[0],
  };
};

type Chain = 'told' | 'unknown' | string;
/** How far the chain behind a filter goes: to somebody who is told, or to what is missing. */
const chainOf = ({ alarms }: Filter): Chain => {
  if (alarms.length === 0) return 'no alarm watches its metric';
  const on = alarms.filter(({ isOn }) => isOn);
  if (on.length === 0) return 'the actions of its alarm are off';
  const topics = on.flatMap((alarm) => alarm.topics);
  if (topics.length === 0) return 'its alarm tells no topic';
  if (topics.some(({ subscriptions = 0 }) => subscriptions > 0)) return 'told';
  if (topics.some(({ subscriptions }) => subscriptions === undefined)) return 'unknown';
  return 'nobody has confirmed a subscription to the topic of its alarm';
};

const titleOf = (event: Conjunction): string =>
  event.map(({ field, op, value }) => [field, op, value].filter(Boolean).join(' ')).join(' && ');

/** Of the events that nobody is told of: whether that is so, or is not known. */
const untold = (filters: readonly Filter[], events: readonly Conjunction[]) => {
  const parsed = filters.map((filter) => ({
    filter,
    pattern: parsePattern(filter.pattern) ?? [],
    chain: chainOf(filter),
  }));
  return events.flatMap((event) => {
    const matching = parsed.filter(({ pattern }) => covers(pattern, event));
    if (matching.some(({ chain }) => chain === 'told')) return [];
    const isUnknown = matching.some(({ chain }) => chain === 'unknown');
    const why = matching.map(({ filter, chain }) => `${filter.name}: ${chain}`);
    return [{ event, isUnknown, why: why.length > 0 ? why : ['no metric filter matches it'] }];
  });
};

const evaluateTrail = (trail: Trail, events: readonly Conjunction[]): Verdict => {
  const missing = untold(trail.filters ?? [], events);
  if (missing.length === 0) return pass;
  if (missing.every(({ isUnknown }) => isUnknown))
    return unknown(
      'the topic of the alarm belongs to another account, which alone knows who is told',
    );
  const evidence = missing.map(
    ({ event, why }): Evidence => ({
      path: `trailAlarms[${trail.arn}]`,
      actual: why,
      expected: `somebody is told of ${titleOf(event)}`,
    }),
  );
  return fail('nobody is told by an alarm on the log of the trail', evidence);
};

/** The region in which is said once what is so in each. */
const spokesman = ({ ref, regions }: RegionContext): string | undefined => {
  const home = homeRegionOf(ref.region);
  return regions === undefined || regions.includes(home) ? home : regions[0];
};

const evaluate = (
  trails: readonly Trail[],
  events: readonly Conjunction[],
  place: RegionContext,
): Verdict => {
  const { here, foreign, evaluatedIn, elsewhere } = standing(trails, events, place);
  const verdicts = here.map((trail) => evaluateTrail(trail, events));
  const passed = verdicts.find(({ status }) => status === 'PASS');
  if (passed) return passed;
  if (foreign)
    return unknown(
      `the log of the trail is held in account ${foreign.group?.account ?? accountOf(foreign)}`,
    );
  const [found] = verdicts;
  if (found) return verdicts.find(({ status }) => status === 'UNKNOWN') ?? found;
  if (evaluatedIn)
    return notApplicable(`the log group of the trail is evaluated in ${evaluatedIn}`);
  const said = spokesman(place);
  if (place.ref.region !== said)
    return notApplicable(
      `no trail writes to a log group that is evaluated, which is said in ${said}`,
    );
  if (elsewhere)
    return unknown(
      `the log group of the trail is in ${elsewhere}, which is not known to be watched`,
    );
  return fail('no multi-Region trail of all management events writes to a log group', [
    {
      path: 'trailAlarms',
      actual: trails.map(({ arn }) => arn),
      expected: 'a trail with a log group',
    },
  ]);
};

/** Events of one service, by the names of its calls. */
export const calls = (service: string, ...names: readonly string[]): readonly Conjunction[] =>
  names.map((name) => [
    { field: '$.eventSource', op: '=', value: `${service}.amazonaws.com` },
    { field: '$.eventName', op: '=', value: name },
  ]);

const howTo =
  'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudwatch-alarms-for-cloudtrail.html';

/** A control of the chain from a trail over filter, alarm and topic to somebody who is told of these events. */
export const alarmOn = (
  definition: {
    readonly id: `CloudWatch.${number}` | `PL.ALARM.${number}`;
    readonly title: string;
    readonly rationale: string;
    /** Its number in CIS 1.4. */
    readonly cis?: string;
    /** What is to be told of, in the advice: "a change of a trail". */
    readonly what: string;
  },
  events: readonly Conjunction[],
) =>
  defineControl(cloudWatchRegion, {
    id: definition.id,
    title: definition.title,
    severity: 'LOW',
    rationale: definition.rationale,
    standards: definition.cis === undefined ? {} : { 'cis-aws-1.4.0': [definition.cis] },
    needs: ['trailAlarms'],
    evaluate: ({ trailAlarms }, place) => evaluate(trailAlarms, events, place),
    remediation: {
      ...(definition.id.startsWith('PL.') ? { url: howTo } : {}),
      advice: `Give the log group of a multi-Region trail a metric filter that matches ${definition.what}, the metric an alarm, and the alarm a topic of SNS that somebody has subscribed to.`,
    },
  });
