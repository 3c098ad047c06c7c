import type { Baseline } from '../../engine/baseline/baseline.ts';
import { quotas } from '../quotas.ts';
import { fitting, type NamedPattern, type Pattern, partsThatFit } from './pattern.ts';
import { callsHeard, callsPattern, eventsHeard, itemPatterns, sorted } from './patterns.ts';
import { awayCatalogue, type Catalogue, type Watched, watched } from './watched.ts';

const lengthOf = (pattern: Pattern): number => JSON.stringify(pattern).length;

/** As few patterns as fit: the longest first, each into the first that has room for it. */
const packed = <Item>(
  name: string,
  items: readonly Item[],
  patternOf: (items: readonly Item[]) => Pattern,
): readonly NamedPattern[] => {
  const lengths = new Map(items.map((item) => [item, lengthOf(patternOf([item]))]));
  const groups: Item[][] = [];
  for (const item of items.toSorted((a, b) => (lengths.get(b) ?? 0) - (lengths.get(a) ?? 0))) {
    const roomy = groups.find(
      (group) => lengthOf(patternOf([...group, item])) <= quotas.eventBridge.patternCharacters,
    );
    if (roomy) roomy.push(item);
    else groups.push([item]);
  }
  return groups.map((group, index) => ({
    name: index === 0 ? name : `${name}${index + 1}`,
    pattern: patternOf(group),
  }));
};

/** Several sources share a rule: what one of them calls like a call of another is let through, and dropped at home. */
const packedCalls = (all: readonly Watched[]): readonly NamedPattern[] => {
  const heard = callsHeard(all);
  const named = heard.flatMap(({ source, calls }) =>
    source === undefined
      ? []
      : partsThatFit(calls, callsPattern([source])).map((some) => ({
          source,
          calls: some,
        })),
  );
  const ofAny = heard.flatMap(({ source, calls }) => (source === undefined ? calls : []));
  return [
    ...packed('Calls', named, (some) =>
      callsPattern(sorted(some.map(({ source }) => source)))(
        sorted(some.flatMap(({ calls }) => calls)),
      ),
    ),
    ...(ofAny.length === 0 ? [] : fitting('AccountCalls', ofAny, callsPattern([]))),
  ];
};

const packedEvents = (all: readonly Watched[]): readonly NamedPattern[] =>
  packed('Events', eventsHeard(all), (some) => ({
    source: some.map(({ source }) => source),
    'detail-type': sorted(some.flatMap(({ detailTypes }) => detailTypes)),
  }));

const packedOf = (all: readonly Watched[]): readonly NamedPattern[] => [
  ...packedCalls(all),
  ...packedEvents(all),
  ...itemPatterns(all),
];

/** The regions that are governed beside the home region. */
export const otherRegions = ({
  homeRegion,
  regions,
}: Pick<Baseline, 'homeRegion' | 'regions'>): readonly string[] =>
  regions.filter((region) => region !== homeRegion);

/**
 * What is listened to in each region but the home region: all that announces a change of what is evaluated there, or of
 * what it borrows. What is global is announced in the home region alone.
 */
export const earPatterns = (
  catalogue: Catalogue,
  baseline: Pick<Baseline, 'controls' | 'homeRegion' | 'regions'>,
): readonly NamedPattern[] => {
  const [region] = otherRegions(baseline);
  if (region === undefined) return [];
  return packedOf(
    watched(catalogue, baseline, region).filter(({ type }) => type.scope !== 'global'),
  );
};

/** What is listened to in the home region of another account: there what is global is announced as well. */
export const memberPatterns = (
  catalogue: Catalogue,
  baseline: Pick<Baseline, 'controls' | 'homeRegion'>,
): readonly NamedPattern[] => packedOf(watched(awayCatalogue(catalogue), baseline));
