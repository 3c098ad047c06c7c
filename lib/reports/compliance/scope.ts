import type { TagValues } from '../../engine/posture/report-tags.ts';
import { UserError } from '../../support/user-error.ts';
import { noCounts, type RecordedCounts, sumOf } from './counts.ts';
import type { PlacedResult, Recorded } from './record.ts';

/** A tag that resources are asked to have; with any value, where none is named. */
export interface Tag {
  readonly key: string;
  readonly value?: string;
}
/** What of an estate a report is of; of all, where a list is empty. */
export interface Scope {
  /** Ids. */
  readonly accounts: readonly string[];
  /** What is in no one region is of each. */
  readonly regions: readonly string[];
  /** A resource has all of them. */
  readonly tags: readonly Tag[];
}
export const everything: Scope = { accounts: [], regions: [], tags: [] };

export const tagText = ({ key, value }: Tag): string =>
  value === undefined ? key : `${key}=${value}`;

/** Whether tags have all that are wanted. */
export const hasTags = (tags: Readonly<Record<string, string>>, wanted: readonly Tag[]): boolean =>
  wanted.every(
    ({ key, value }) => Object.hasOwn(tags, key) && (value === undefined || tags[key] === value),
  );

/** The same of tags that were kept; `undefined` where they are not known, and what is known does not say no. */
export const hasKeptTags = (
  kept: TagValues | undefined,
  wanted: readonly Tag[],
): boolean | undefined => {
  const values = kept ?? {};
  const known = wanted.filter(({ key }) => Object.hasOwn(values, key));
  const isOther = known.some(({ key, value }) => {
    const own = values[key];
    return own === undefined || own === null || (value !== undefined && own !== value);
  });
  if (isOther) return false;
  return known.length === wanted.length ? true : undefined;
};

/** Whether an account is asked for. */
export const isOfAccount = ({ accounts }: Pick<Scope, 'accounts'>, account: string): boolean =>
  accounts.length === 0 || accounts.includes(account);
/** Whether a region is asked for. */
export const isOfRegion = ({ regions }: Pick<Scope, 'regions'>, region: string): boolean =>
  regions.length === 0 || regions.includes(region);

/** What was asked for, in a sentence; `undefined` where it was all. */
export const scopeText = (
  { accounts, regions, tags }: Scope,
  units: readonly string[] = [],
): string | undefined => {
  const parts = [
    ...(units.length > 0 ? [`accounts in ${units.join(', ')} and in the units below`] : []),
    ...(accounts.length > 0 ? [`account ${accounts.join(', ')}`] : []),
    ...(regions.length > 0 ? [`${regions.join(', ')} and what is in no one region`] : []),
    ...(tags.length > 0 ? [`resources with the tag ${tags.map(tagText).join(', ')}`] : []),
  ];
  return parts.length === 0
    ? undefined
    : `Asked for, and nothing else told of: ${parts.join('; ')}.`;
};

type Counts = Recorded['controls'];
const total = (parts: readonly (Counts[string] | undefined)[]): RecordedCounts =>
  sumOf(parts.flatMap((one) => one ?? []));

/** Counts of the regions alone; a control that no table row tells of there is left out, as where none tells of it anywhere. */
const countsIn = (all: Counts, parts: readonly Counts[], isOfRows: boolean): Counts =>
  Object.fromEntries(
    Object.entries(all).flatMap(([id, own]) => {
      if (own.isGlobal) return [[id, own]];
      const there = parts.map((part) => (Object.hasOwn(part, id) ? part[id] : undefined));
      if (isOfRows && there.every((one) => one === undefined)) return [];
      return [[id, { ...own, ...noCounts, ...total(there) }]];
    }),
  );

/**
 * What a saved scan says of some of its regions, and of what is in no one region; `undefined` where it looked at none of them.
 * Throws a sentence where it cannot tell them apart.
 */
export const inRegions = (
  scan: Recorded,
  wanted: readonly string[],
  file: string,
): Recorded | undefined => {
  const scope = { regions: wanted };
  const regions = scan.regions.filter((region) => isOfRegion(scope, region));
  if (regions.length === 0) return undefined;
  if (wanted.length === 0) return scan;
  const told = scan.notLookedAt
    ? {
        notLookedAt: scan.notLookedAt.filter(
          ({ region }) => region === undefined || isOfRegion(scope, region),
        ),
      }
    : {};
  if (regions.length === scan.regions.length) return { ...scan, ...told };
  const { byRegion = {} } = scan;
  const parts = regions.flatMap((region) => {
    const { controls } = byRegion[region] ?? {};
    return controls ? [{ ...byRegion[region], controls }] : [];
  });
  if (parts.length < regions.length)
    throw new UserError(
      `${file} does not count by region: leave --region out, or save it again with this release`,
    );
  const isOfRows = scan.source === 'posture';
  const controls = countsIn(
    scan.controls,
    parts.map((part) => part.controls),
    isOfRows,
  );
  const systems = Object.entries(scan.systems ?? {}).map(([system, own]) => [
    system,
    countsIn(
      own,
      parts.map((part) => part.systems?.[system] ?? {}),
      isOfRows,
    ),
  ]);
  const isHere = ({ control, region }: PlacedResult): boolean =>
    scan.controls[control]?.isGlobal === true || isOfRegion(scope, region);
  return {
    ...scan,
    regions,
    resources: parts.reduce((sum, { resources = 0 }) => sum + resources, 0),
    counts: sumOf(Object.values(controls)),
    controls,
    results: scan.results.filter(isHere),
    ...(scan.systems ? { systems: Object.fromEntries(systems) } : {}),
    ...told,
  };
};
