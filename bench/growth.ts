import { costOf } from '../test/controls/growth/cost.ts';
import { growing, type Sight } from '../test/controls/growth/shapes.ts';

export const sizes = [125, 250, 500, 1000, 2000] as const;

/** What one control costs on more and more rules, statements or principals, of the shape that takes it longest. */
export interface GrowthFigures {
  readonly control: string;
  readonly shape: string;
  /** Milliseconds of the processor, by size. */
  readonly ms: readonly number[];
  /** Of the plan for the largest, where it fails and there is one. */
  readonly planMs: number | undefined;
}

const rounds = 5;
const evaluating = ({ prepared }: Sight, size: number, times: number): number =>
  costOf((many, round) => prepared(many, round).evaluate, size, times);

const figuresOf = (shape: string, sight: Sight): GrowthFigures => {
  const [largest = 0] = sizes.toReversed();
  const { control, prepared } = sight;
  const isPlanned =
    (control.remediation.plan ?? control.remediation.combined) !== undefined &&
    prepared(largest, 0).evaluate().status === 'FAIL';
  return {
    control: control.id,
    shape,
    ms: sizes.map((size) => evaluating(sight, size, rounds)),
    planMs: isPlanned
      ? costOf((many, round) => prepared(many, round).plan, largest, rounds)
      : undefined,
  };
};

/** Every control that looks at something that can grow, the slowest first. */
export const benchGrowth = async (): Promise<readonly GrowthFigures[]> => {
  const [largest = 0] = sizes.toReversed();
  const worst = new Map<string, { readonly ms: number; readonly shape: string; sight: Sight }>();
  for (const { title, sights } of (await growing()).shapes) {
    for (const sight of sights) {
      const ms = evaluating(sight, largest, 2);
      const { id } = sight.control;
      if (ms > (worst.get(id)?.ms ?? -1)) worst.set(id, { ms, shape: title, sight });
    }
  }
  return [...worst.values()]
    .map(({ shape, sight }) => figuresOf(shape, sight))
    .toSorted((a, b) => (b.ms.at(-1) ?? 0) - (a.ms.at(-1) ?? 0));
};
