import { groupsBy } from '../../support/groups.ts';
import { plural } from '../../support/plural.ts';
import { keyOf } from './compare.ts';
import { noCounts, type RecordedCounts, sumOf } from './counts.ts';
import type { PlacedResult, Recorded } from './record.ts';

/** What an older scan of an account says and a later one says again: it counts once, as the later one has it. */
export interface Once {
  readonly scans: readonly Recorded[];
  /** What was left out, in words. */
  readonly gaps: readonly string[];
}

const less = (from: RecordedCounts, by: RecordedCounts): RecordedCounts => ({
  passed: from.passed - by.passed,
  failed: from.failed - by.failed,
  exempted: from.exempted - by.exempted,
  notApplicable: from.notApplicable - by.notApplicable,
  unknown: from.unknown - by.unknown,
});
/** Of what is listed; what passes is not. */
const countsOf = (results: readonly PlacedResult[]): RecordedCounts => {
  const number = (holds: (result: PlacedResult) => boolean) => results.filter(holds).length;
  return {
    ...noCounts,
    failed: number(({ status, exemption }) => status === 'FAIL' && !exemption),
    exempted: number(({ status, exemption }) => status === 'FAIL' && exemption !== undefined),
    unknown: number(({ status }) => status === 'UNKNOWN'),
  };
};

/** A scan without what later ones say again. Which controls it evaluated stays. */
const without = (scan: Recorded, later: readonly Recorded[]): Recorded => {
  // One that left resources out says nothing of those: there only the same resource is the same.
  const whole = later.filter(({ isNarrowed }) => !isNarrowed);
  const isAgain = (control: string): boolean =>
    scan.controls[control]?.isGlobal === true &&
    whole.some(({ controls }) => Object.hasOwn(controls, control));
  const known = new Set(later.flatMap(({ results }) => results.map(keyOf)));
  const isDropped = (result: PlacedResult) => isAgain(result.control) || known.has(keyOf(result));
  const dropped = scan.results.filter(isDropped);
  if (dropped.length === 0 && !Object.keys(scan.controls).some(isAgain)) return scan;
  const left = (controls: Recorded['controls'], gone: readonly PlacedResult[] = []) => {
    const goneOf = groupsBy(gone, ({ control }) => control);
    return Object.fromEntries(
      Object.entries(controls).map(([id, control]) => [
        id,
        isAgain(id)
          ? { ...control, ...noCounts }
          : { ...control, ...less(control, countsOf(goneOf.get(id) ?? [])) },
      ]),
    );
  };
  const controls = left(scan.controls, dropped);
  const droppedOf = groupsBy(dropped, ({ system }) => system);
  const systems = Object.entries(scan.systems ?? {}).map(([name, own]) => [
    name,
    left(own, droppedOf.get(name)),
  ]);
  return {
    ...scan,
    counts: sumOf(Object.values(controls)),
    controls,
    ...(scan.systems ? { systems: Object.fromEntries(systems) } : {}),
    results: scan.results.filter((each) => !isDropped(each)),
  };
};

/** Two scans of an account in two regions both hold what is in no region: of the older one it is left out. */
export const onceEach = (scans: readonly Recorded[]): Once => {
  const isLater = (other: Recorded, scan: Recorded): boolean =>
    other.at === scan.at
      ? scans.indexOf(other) > scans.indexOf(scan)
      : Date.parse(other.at) > Date.parse(scan.at);
  const left = scans.map((scan) => {
    const later = scans.filter((each) => each.account === scan.account && isLater(each, scan));
    return without(scan, later);
  });
  const gaps = left.flatMap((scan, index) => {
    const before = scans[index];
    if (!before || before === scan) return [];
    const results = plural(before.results.length - scan.results.length, 'result');
    return [
      `Account ${scan.account} was scanned more than once: what is in no one region counts once, from the latest scan. Of the scan at ${scan.at} it is left out, with ${results}.`,
    ];
  });
  return { scans: left, gaps };
};
