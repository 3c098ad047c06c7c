import { clip } from '../../support/clip.ts';
import type { EventCause } from '../changes/change.ts';
import { packed } from './packed-row.ts';
import type { ControlRow, ResourceRow, StoredVerdict, Transition } from './row.ts';

/**
 * DynamoDB takes items of at most 400 KB, in UTF-8 (DynamoDB developer guide, "Quotas"). The rest is for what is added
 * to a row after this: what was published, and the keys of the item.
 */
const mostRowBytes = 240 * 1024;
const mostTransitionBytes = 90 * 1024;

/** How much each control may say, from what is always enough to what always fits. */
const allowances = [
  { evidence: 20, values: 300, text: 1000, causes: 18, names: 2048 },
  { evidence: 5, values: 150, text: 600, causes: 11, names: 620 },
  { evidence: 1, values: 100, text: 300, causes: 11, names: 200 },
  { evidence: 0, values: 0, text: 150, causes: 2, names: 120 },
  { evidence: 0, values: 0, text: 60, causes: 1, names: 60 },
  // A host has more than a hundred controls; who did what to it, the host does not tell.
  { evidence: 0, values: 0, text: 30, causes: 0, names: 0 },
] as const;
type Allowance = (typeof allowances)[number];

const bytesOf = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length;

const clippedValue = (value: unknown, most: number): unknown => {
  const json = JSON.stringify(value ?? null);
  return json.length <= most ? value : clip(json, most);
};

const verdictWithin = (verdict: StoredVerdict, { evidence: most, values, text }: Allowance) => {
  const { evidence = [], reason, ...rest } = verdict;
  const left = evidence.slice(0, most).map(({ path, actual, expected }) => ({
    path: clip(path, values),
    actual: clippedValue(actual, values),
    expected: clippedValue(expected, values),
  }));
  const omitted = evidence.length - left.length;
  const note = {
    path: 'evidence',
    actual: `${omitted} more`,
    expected: 'left out, because a row of the table would be too large',
  };
  return {
    ...rest,
    ...(reason === undefined ? {} : { reason: clip(reason, text) }),
    ...(evidence.length === 0 ? {} : { evidence: omitted > 0 ? [...left, note] : left }),
  };
};

/** An event whose names are no longer than this. */
const namesWithin = (cause: EventCause, { names }: Allowance): EventCause => {
  const entries = Object.entries(cause).map(([key, value]) => [
    key,
    typeof value === 'string' && key !== 'id' && key !== 'time' ? clip(value, names) : value,
  ]);
  return { ...cause, ...Object.fromEntries(entries) };
};

/** Of too many causes the first and the last ones are kept: who began, and who came last. */
const causesWithin = (causes: readonly EventCause[], allowance: Allowance) => {
  const { causes: most } = allowance;
  const first = Math.ceil(most / 2);
  const some =
    causes.length <= most
      ? causes
      : [...causes.slice(0, first), ...causes.slice(causes.length - (most - first))];
  return some.map((cause) => namesWithin(cause, allowance));
};

/** Whom it names, and whom it lists apart. */
const eventsWithin = (
  { causes, changedSince, unproven, deployedBy }: ControlRow,
  allowance: Allowance,
) => ({
  // Who deployed is one event of one control: its names alone are cut.
  ...(deployedBy ? { deployedBy: namesWithin(deployedBy, allowance) } : {}),
  causes: causesWithin(causes, allowance),
  ...(changedSince ? { changedSince: causesWithin(changedSince, allowance) } : {}),
  ...(unproven ? { unproven: causesWithin(unproven, allowance) } : {}),
});

const controlWithin = (row: ControlRow, allowance: Allowance): ControlRow => ({
  ...row,
  verdict: verdictWithin(row.verdict, allowance),
  ...eventsWithin(row, allowance),
  ...(row.plan ? { plan: { ...row.plan, text: clip(row.plan.text, allowance.text) } } : {}),
});

/**
 * `whole` if it has at most so many bytes, else the first cut that has. Allowances shrink; the last is taken as it is.
 * @param kept what is stored of it, and therefore counted @default - all
 */
const firstWithin = <T>(
  most: number,
  whole: T,
  cut: (allowance: Allowance) => T,
  kept: (one: T) => unknown = (one) => one,
): T => {
  if (bytesOf(kept(whole)) <= most) return whole;
  const cuts = allowances.map((allowance) => () => cut(allowance));
  for (const made of cuts.slice(0, -1)) {
    const smaller = made();
    if (bytesOf(kept(smaller)) <= most) return smaller;
  }
  return cuts.at(-1)?.() ?? whole;
};

/** A row that the table takes, however long its reasons and names are: evidence goes first, with a note of it. */
export const rowWithin = (row: ResourceRow): ResourceRow => {
  const cut = (allowance: Allowance): ResourceRow => ({
    ...row,
    controls: Object.fromEntries(
      Object.entries(row.controls).map(([id, control]) => [id, controlWithin(control, allowance)]),
    ),
  });
  return firstWithin(mostRowBytes, row, cut, packed);
};

/** Transitions that fit beside it. */
export const transitionsWithin = (transitions: readonly Transition[]): readonly Transition[] =>
  firstWithin(mostTransitionBytes, transitions, (allowance) =>
    transitions.map((one) => ({ ...one, causes: causesWithin(one.causes, allowance) })),
  );
