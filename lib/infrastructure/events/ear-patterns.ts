import type { Baseline } from '../../engine/baseline/baseline.ts';
import { iam } from '../../services/iam.ts';
import { quotas } from '../quotas.ts';
import { hostPatterns, instanceStates } from './host-patterns.ts';
import { fitting, type NamedPattern, namedAfter, type Pattern, partsThatFit } from './pattern.ts';
import {
  type Calls,
  callsHeard,
  callsPattern,
  eventsHeard,
  itemPatterns,
  itemsHeard,
  type ServiceEvents,
  sorted,
} from './patterns.ts';
import { awayCatalogue, type Catalogue, type Watched, watched } from './watched.ts';

const lengthOf = (pattern: Pattern): number => JSON.stringify(pattern).length;

/**
 * As few patterns as fit: what has most in common with others first, then the longest, each into the one with room for it
 * that grows least.
 */
const packed = <Item>(
  name: string,
  items: readonly Item[],
  patternOf: (items: readonly Item[]) => Pattern,
  commonOf: (item: Item) => number = () => 0,
): readonly NamedPattern[] => {
  const lengths = new Map(items.map((item) => [item, lengthOf(patternOf([item]))]));
  const groups: { held: readonly Item[]; length: number }[] = [];
  const ordered = items.toSorted(
    (a, b) => commonOf(b) - commonOf(a) || (lengths.get(b) ?? 0) - (lengths.get(a) ?? 0),
  );
  for (const item of ordered) {
    const roomy = groups.flatMap((group) => {
      const held = [...group.held, item];
      const length = lengthOf(patternOf(held));
      const grown = { group, held, length, growth: length - group.length };
      return length <= quotas.eventBridge.patternCharacters ? [grown] : [];
    });
    const [least] = roomy.toSorted((a, b) => a.growth - b.growth);
    if (least) {
      least.group.held = least.held;
      least.group.length = least.length;
    } else groups.push({ held: [item], length: lengths.get(item) ?? 0 });
  }
  return groups
    .map(({ held }) => patternOf(held))
    .map((pattern) => ({
      name: groups.length === 1 ? name : namedAfter(name, JSON.stringify(pattern)),
      pattern,
    }));
};

/** What is listened to in a place. */
interface Heard {
  readonly calls: readonly Calls[];
  readonly events: readonly ServiceEvents[];
  /** Types of AWS Config's items. */
  readonly items: readonly string[];
}
const heardOf = (all: readonly Watched[]): Heard => ({
  calls: callsHeard(all),
  events: eventsHeard(all),
  items: itemsHeard(all),
});

/** Several sources share a rule: what one of them calls like a call of another is let through, and dropped at home. */
const packedCalls = (heard: readonly Calls[]): readonly NamedPattern[] => {
  const named = heard.flatMap(({ source, calls }) =>
    source === undefined
      ? []
      : partsThatFit(calls, callsPattern([source])).map((some) => ({
          source,
          calls: some,
        })),
  );
  const ofAny = heard.flatMap(({ source, calls }) => (source === undefined ? calls : []));
  const sourcesOf = new Map<string, number>();
  for (const call of named.flatMap(({ calls }) => calls))
    sourcesOf.set(call, (sourcesOf.get(call) ?? 0) + 1);
  return [
    ...packed(
      'Calls',
      named,
      (some) =>
        callsPattern(sorted(some.map(({ source }) => source)))(
          sorted(some.flatMap(({ calls }) => calls)),
        ),
      ({ calls }) => calls.filter((call) => (sourcesOf.get(call) ?? 0) > 1).length,
    ),
    ...(ofAny.length === 0 ? [] : fitting('AccountCalls', ofAny, callsPattern([]))),
  ];
};

const packedEvents = (heard: readonly ServiceEvents[]): readonly NamedPattern[] =>
  packed('Events', heard, (some) => ({
    source: some.map(({ source }) => source),
    'detail-type': sorted(some.flatMap(({ detailTypes }) => detailTypes)),
  }));

const packedOf = ({ calls, events, items }: Heard): readonly NamedPattern[] => [
  ...packedCalls(calls),
  ...packedEvents(events),
  ...itemPatterns(items),
];

const but = (values: readonly string[], others: readonly string[] = []): readonly string[] => {
  const known = new Set(others);
  return values.filter((value) => !known.has(value));
};
/** What is heard in one place and not in another. */
const beyond = (all: Heard, other: Heard): Heard => ({
  calls: all.calls.flatMap(({ source, calls }) => {
    const more = but(calls, other.calls.find((one) => one.source === source)?.calls);
    return more.length === 0 ? [] : [{ source, calls: more }];
  }),
  events: all.events.flatMap(({ source, detailTypes }) => {
    const more = but(detailTypes, other.events.find((one) => one.source === source)?.detailTypes);
    return more.length === 0 ? [] : [{ source, detailTypes: more }];
  }),
  items: but(all.items, other.items),
});

/** The regions that are governed beside the home region. */
export const otherRegions = ({
  homeRegion,
  regions,
}: Pick<Baseline, 'homeRegion' | 'regions'>): readonly string[] =>
  regions.filter((region) => region !== homeRegion);

type EarsBaseline = Pick<Baseline, 'controls' | 'homeRegion' | 'hosts' | 'regions'>;

/** Where hosts are audited, the states of instances have a rule of their own: two that bring one event bring it twice. */
const besideHosts = (heard: Heard, { hosts }: EarsBaseline): Heard => {
  const { source: sources, 'detail-type': types } = instanceStates.pattern;
  if (!hosts) return heard;
  return {
    ...heard,
    events: heard.events.flatMap(({ source, detailTypes }) => {
      const rest = sources.includes(source) ? but(detailTypes, types) : detailTypes;
      return rest.length === 0 ? [] : [{ source, detailTypes: rest }];
    }),
  };
};

/** All that announces a change of what is evaluated in another region than the home region, or of what it borrows. */
const heardElsewhere = (catalogue: Catalogue, baseline: EarsBaseline): Heard | undefined => {
  const [region] = otherRegions(baseline);
  if (region === undefined) return undefined;
  const heard = heardOf(
    watched(catalogue, baseline, region).filter(({ type }) => type.scope !== 'global'),
  );
  // A role may count for what is in a region, and what changes it is told of in the home region all the same.
  return { ...heard, calls: heard.calls.filter(({ source }) => source !== iam.eventSource) };
};

/** What is listened to in each region but the home region. What is global is announced in the home region alone. */
export const earPatterns = (
  catalogue: Catalogue,
  baseline: EarsBaseline,
): readonly NamedPattern[] => {
  const heard = heardElsewhere(catalogue, baseline);
  return heard === undefined
    ? []
    : [...packedOf(besideHosts(heard, baseline)), ...hostPatterns(baseline)];
};

/**
 * What is listened to in the home region of another account beside what is listened to in each region: what is global, and
 * what an account has once. Apart, so that the template of an account says once what is heard in every region.
 */
export const homePatterns = (
  catalogue: Catalogue,
  baseline: EarsBaseline,
): readonly NamedPattern[] => {
  const atHome = heardOf(watched(awayCatalogue(catalogue), baseline));
  const elsewhere = heardElsewhere(catalogue, baseline);
  if (elsewhere === undefined)
    return [...packedOf(besideHosts(atHome, baseline)), ...hostPatterns(baseline)];
  return packedOf(beyond(atHome, elsewhere)).map(({ name, pattern }) => ({
    name: `Home${name}`,
    pattern,
  }));
};

/** All that other accounts bring, whichever region it is of. */
export const memberPatterns = (
  catalogue: Catalogue,
  baseline: EarsBaseline,
): readonly NamedPattern[] => [
  ...earPatterns(catalogue, baseline),
  ...homePatterns(catalogue, baseline),
];
