import { type Announcement, configTypesOf, type Effect } from '../../model/resource-type.ts';
import { quotas } from '../quotas.ts';
import { fitting, type NamedPattern, namedAfter, type Pattern } from './pattern.ts';
import type { Watched } from './watched.ts';

const isHeard = ({ facets, isEvaluated }: Watched, effect: Effect, hides = false): boolean => {
  if (hides && isEvaluated) return true;
  if (effect === 'deleted') return true;
  // What was just created has lent nothing yet.
  if (effect === 'created') return isEvaluated;
  return effect.some((facet) => facets.has(facet));
};

/** `s3.amazonaws.com`, `aws.s3` → `S3` */
const titled = (source: string): string =>
  source
    .replace(/^aws\.|\.amazonaws\.com$/g, '')
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

export const sorted = (values: Iterable<string>): readonly string[] => [...new Set(values)].sort();

// Nobody but AWS can send events from a source that begins with "aws."; a failed call changes nothing.
export const callsPattern =
  (eventSource: readonly string[]) =>
  (calls: readonly string[]): Pattern => ({
    source: [{ prefix: 'aws.' }],
    'detail-type': ['AWS API Call via CloudTrail'],
    detail: {
      ...(eventSource.length === 0 ? {} : { eventSource }),
      eventName: calls.map((call) => (call.endsWith('*') ? { prefix: call.slice(0, -1) } : call)),
      errorCode: [{ exists: false }],
    },
  });

type Heard<V extends Announcement['via']> = {
  readonly one: Watched;
  readonly announcement: Extract<Announcement, { via: V }>;
};
const heardVia = <V extends Announcement['via']>(
  all: readonly Watched[],
  via: V,
): readonly Heard<V>[] =>
  all.flatMap((one) =>
    one.type.live.announcements
      .filter((each): each is Extract<Announcement, { via: V }> => each.via === via)
      .map((announcement) => ({ one, announcement })),
  );

const sourceOf = ({ announcement }: Heard<'cloudtrail'>): string | undefined =>
  announcement.source === 'any' ? undefined : announcement.source;

/** What is listened to of one source; of any, where it has none. */
export interface Calls {
  readonly source: string | undefined;
  readonly calls: readonly string[];
}

/** Without names that one of the prefixes, `AddPermission*`, lets through as well. */
const undoubled = (calls: readonly string[]): readonly string[] => {
  const prefixes = calls.flatMap((call) => (call.endsWith('*') ? call.slice(0, -1) : []));
  const isOther = (call: string) => (prefix: string) =>
    call !== `${prefix}*` && call.startsWith(prefix);
  return sorted(calls).filter((call) => !prefixes.some(isOther(call)));
};

/** What can open or close a way to what is evaluated. */
const waysHeard = (all: readonly Watched[], source: string | undefined): readonly string[] =>
  all
    .filter(({ isEvaluated }) => isEvaluated)
    .flatMap(({ type }) => type.reachable?.announcements ?? [])
    .filter((one) => one.source === source)
    .flatMap(({ calls }) => calls);

export const callsHeard = (all: readonly Watched[]): readonly Calls[] => {
  const heard = heardVia(all, 'cloudtrail');
  const ways = all.flatMap(({ type, isEvaluated }) =>
    isEvaluated ? (type.reachable?.announcements ?? []).map(({ source }) => source) : [],
  );
  return [...new Set([...heard.map(sourceOf), ...ways])].sort().flatMap((source) => {
    const calls = heard
      .filter((each) => sourceOf(each) === source)
      .flatMap(({ one, announcement }) =>
        Object.entries(announcement.calls).flatMap(([call, effect]) =>
          isHeard(one, effect, announcement.hides?.includes(call))
            ? [announcement.isDated ? `${call}*` : call]
            : [],
        ),
      )
      .concat(waysHeard(all, source));
    return calls.length === 0 ? [] : [{ source, calls: undoubled(calls) }];
  });
};

/** A source of so few calls shares a rule with others: the policy of the queue names each rule, and SQS limits its length. */
const fewCalls = 12;

/** Sources that share a rule; what one of them calls like another is let in too, and then dropped. */
const shared = (few: readonly Calls[]): readonly NamedPattern[] => {
  const sources = few.flatMap(({ source = [] }) => source);
  const calls = sorted(few.flatMap(({ calls }) => calls));
  const pattern = callsPattern(sources)(calls);
  const [first, ...others] = sources;
  if (first === undefined) return [];
  if (JSON.stringify(pattern).length > quotas.eventBridge.patternCharacters && others.length > 0) {
    const middle = Math.ceil(few.length / 2);
    return [few.slice(0, middle), few.slice(middle)].flatMap(shared);
  }
  const name =
    others.length === 0 ? `${titled(first)}Calls` : namedAfter('OtherCalls', sources.join(' '));
  return [{ name, pattern }];
};

const callPatterns = (all: readonly Watched[]): readonly NamedPattern[] => {
  const heard = callsHeard(all);
  const isFew = ({ source, calls }: Calls) => source !== undefined && calls.length <= fewCalls;
  return [
    ...heard
      .filter((one) => !isFew(one))
      .flatMap(({ source, calls }) => {
        const name = source === undefined ? 'AccountCalls' : `${titled(source)}Calls`;
        return fitting(name, calls, callsPattern([source ?? []].flat()));
      }),
    ...shared(heard.filter(isFew)),
  ];
};

export interface ServiceEvents {
  readonly source: string;
  readonly detailTypes: readonly string[];
}
export const eventsHeard = (all: readonly Watched[]): readonly ServiceEvents[] => {
  const heard = heardVia(all, 'service').filter(({ one, announcement }) =>
    isHeard(one, announcement.effect),
  );
  return sorted(heard.map(({ announcement }) => announcement.source)).map((source) => {
    const from = heard.filter(({ announcement }) => announcement.source === source);
    return { source, detailTypes: sorted(from.map(({ announcement }) => announcement.detailType)) };
  });
};

const servicePatterns = (all: readonly Watched[]): readonly NamedPattern[] =>
  eventsHeard(all).flatMap(({ source, detailTypes }) =>
    fitting(`${titled(source)}Events`, detailTypes, (some) => ({
      source: [source],
      'detail-type': some,
    })),
  );

/** AWS Config sends a summary in place of an item that is too large for an event. */
const itemFields = {
  ConfigItems: ['ConfigurationItemChangeNotification', 'configurationItem'],
  OversizedConfigItems: [
    'OversizedConfigurationItemChangeNotification',
    'configurationItemSummary',
  ],
} as const;

export const itemsHeard = (all: readonly Watched[]): readonly string[] =>
  sorted(all.flatMap(({ type }) => configTypesOf(type)));

export const itemPatterns = (types: readonly string[]): readonly NamedPattern[] => {
  if (types.length === 0) return [];
  return Object.entries(itemFields).flatMap(([name, [messageType, field]]) =>
    fitting(name, types, (some) => ({
      source: ['aws.config'],
      'detail-type': ['Config Configuration Item Change'],
      detail: { messageType: [messageType], [field]: { resourceType: some } },
    })),
  );
};

/** What EventBridge is to let through: what can change a facet that an enabled control needs. */
export const patternsOf = (all: readonly Watched[]): readonly NamedPattern[] => [
  ...callPatterns(all),
  ...servicePatterns(all),
  ...itemPatterns(itemsHeard(all)),
];

/** Whether a call on a type that is evaluated is let through. */
export const hears = (all: readonly Watched[], type: string, call: string): boolean =>
  all
    .filter((one) => one.isEvaluated && one.type.type === type)
    .some((one) =>
      heardVia([one], 'cloudtrail').some(({ announcement }) => {
        const effect = announcement.calls[call];
        const hides = announcement.hides?.includes(call);
        return effect !== undefined && isHeard(one, effect, hides);
      }),
    );
