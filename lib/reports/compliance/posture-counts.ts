import type { ResourceRow } from '../../engine/posture/row.ts';
import type { Control } from '../../model/control.ts';
import { noCounts, type RecordedCounts } from './counts.ts';
import { isGlobal } from './is-global.ts';
import type { PlacedResult, Recorded } from './record.ts';
import { createUntold } from './untold.ts';

type Counting = { -readonly [K in keyof RecordedCounts]: number };
type ByControl = Map<string, Counting>;
const countIn = (counts: ByControl, id: string, status: keyof RecordedCounts): void => {
  const own = counts.get(id) ?? { ...noCounts };
  own[status] += 1;
  counts.set(id, own);
};

/** What rows come to, of an account or of a region in it. */
const createCounted = () => ({
  resources: 0,
  controls: new Map() as ByControl,
  systems: new Map<string, ByControl>(),
});
type Counted = ReturnType<typeof createCounted>;
/** What one account's rows come to. */
export const createAccount = () => ({
  ...createCounted(),
  /** Of all controls together. */
  counts: { ...noCounts } as Counting,
  regions: new Map<string, Counted>(),
  results: [] as PlacedResult[],
  /** Resources in regions that the baseline does not govern. */
  elsewhere: 0,
  /** Left aside, since nobody knows whether it is asked for. */
  untold: createUntold(),
  /** Of which something is kept that is no row. */
  unreadable: createUntold(),
  /** Hosts of which nobody knows what they run. */
  nameless: 0,
});
export type Account = ReturnType<typeof createAccount>;
const systemOf = ({ systems }: Counted, name: string): ByControl => {
  const own: ByControl = systems.get(name) ?? new Map();
  systems.set(name, own);
  return own;
};
export const regionOf = ({ regions }: Account, name: string): Counted => {
  const own = regions.get(name) ?? createCounted();
  regions.set(name, own);
  return own;
};

/** Counts one verdict of a row: of all, by control, by region, and by what a host runs. */
export const count = (
  account: Account,
  { ref, system }: ResourceRow,
  control: string,
  status: keyof RecordedCounts,
): void => {
  account.counts[status] += 1;
  for (const counted of [account, regionOf(account, ref.region)]) {
    countIn(counted.controls, control, status);
    if (system) countIn(systemOf(counted, system.name), control, status);
  }
};

export const plainCounts = (counts: ByControl, controls: ReadonlyMap<string, Control>) =>
  Object.fromEntries(
    [...counts]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([id, own]) => {
        const control = controls.get(id);
        return [id, { ...own, ...(control && isGlobal(control) ? { isGlobal: true } : {}) }];
      }),
  );
export const systemsOf = ({ systems }: Counted, controls: ReadonlyMap<string, Control>) =>
  Object.fromEntries(
    [...systems]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([system, counts]) => [system, plainCounts(counts, controls)]),
  );
/** Where there are several regions, what each of them comes to. */
export const regionsOf = (
  { regions }: Account,
  controls: ReadonlyMap<string, Control>,
): Pick<Recorded, 'byRegion'> =>
  regions.size < 2
    ? {}
    : {
        byRegion: Object.fromEntries(
          [...regions]
            .toSorted(([a], [b]) => (a < b ? -1 : 1))
            .map(([region, counted]) => [
              region,
              {
                resources: counted.resources,
                controls: plainCounts(counted.controls, controls),
                ...(counted.systems.size > 0 ? { systems: systemsOf(counted, controls) } : {}),
              },
            ]),
        ),
      };
