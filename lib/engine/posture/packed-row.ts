import type { EventCause } from '../changes/change.ts';
import type { ControlRow, ResourceRow, Transition } from './row.ts';

// The same few events are suspects of most of a resource's controls: in the table each is written once, and the lists
// of them are numbers. A row of a release before has the events themselves in its lists.
const lists = ['causes', 'changedSince', 'unproven'] as const;
type Listed = Partial<Record<(typeof lists)[number], readonly EventCause[]>>;
type Numbered = Partial<Record<(typeof lists)[number], readonly number[]>>;

interface PackedRow extends Omit<ResourceRow, 'controls' | 'unrecorded'> {
  readonly events: readonly EventCause[];
  readonly controls: Readonly<Record<string, Omit<ControlRow, keyof Listed> & Numbered>>;
  readonly unrecorded?: readonly (Omit<Transition, 'causes'> & Numbered)[];
}

/** Each event once, and the number of each. */
const numbering = () => {
  const numbers = new Map<string, number>();
  const events: EventCause[] = [];
  const numberOf = (event: EventCause): number => {
    const key = JSON.stringify(event);
    const known = numbers.get(key) ?? events.push(event) - 1;
    numbers.set(key, known);
    return known;
  };
  const numbered = <T extends Listed>(holder: T): Omit<T, keyof Listed> & Numbered => {
    const { causes, changedSince, unproven, ...rest } = holder;
    const all = { causes, changedSince, unproven };
    const given = lists.flatMap((name) => {
      const list = all[name];
      return list ? [[name, list.map(numberOf)] as const] : [];
    });
    return { ...rest, ...Object.fromEntries(given) };
  };
  return { events, numbered };
};

/** A row as the table keeps it. */
export const packed = ({ controls, unrecorded, ...row }: ResourceRow): PackedRow => {
  const { events, numbered } = numbering();
  const all = Object.entries(controls).map(([id, one]) => [id, numbered(one)] as const);
  const turns = unrecorded?.map(numbered);
  return {
    ...row,
    controls: Object.fromEntries(all),
    ...(turns ? { unrecorded: turns } : {}),
    events,
  };
};

/** A row as it is worked with, whichever release wrote it. */
export const unpacked = (kept: PackedRow | ResourceRow): ResourceRow => {
  if (!('events' in kept)) return kept;
  const { events, controls, unrecorded, ...row } = kept;
  const listOf = (numbers: readonly number[] = []) => numbers.flatMap((at) => events[at] ?? []);
  const all = Object.entries(controls).map(([id, { causes, changedSince, unproven, ...one }]) => [
    id,
    {
      ...one,
      causes: listOf(causes),
      ...(changedSince ? { changedSince: listOf(changedSince) } : {}),
      ...(unproven ? { unproven: listOf(unproven) } : {}),
    },
  ]);
  const turns = unrecorded?.map(({ causes, ...turn }) => ({ ...turn, causes: listOf(causes) }));
  return {
    ...row,
    controls: Object.fromEntries(all),
    ...(turns ? { unrecorded: turns } : {}),
  };
};
