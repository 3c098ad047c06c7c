import { allControls } from '../../../lib/controls/index.ts';
import { sampled } from '../../extent.ts';
import { growthOf, mostPerDoubling } from './cost.ts';
import { growing, type Sight } from './shapes.ts';

const { shapes, controls, missing } = await growing();
const [small, large, rounds] = [250, 2000, 40];

/** What of a control takes more than `mostPerDoubling` times as long for twice as many. */
const tooSteep = ({ control, prepared }: Sight): readonly string[] => {
  const kinds = ['evaluate', 'plan'] as const;
  const isPlanned = prepared(small, 0).evaluate().status === 'FAIL';
  return kinds.flatMap((kind) => {
    if (kind === 'plan' && !isPlanned) return [];
    const growth = growthOf((size, round) => prepared(size, round)[kind], small, large, rounds);
    return growth <= mostPerDoubling ? [] : [`${control.id} ${kind}: ×${growth.toFixed(2)}`];
  });
};

describe('no control, and no plan, takes more than 2.3 times as long for twice as many', () => {
  it.each(sampled(shapes, { quick: 48, usual: 12 }).map((shape) => [shape.title, shape] as const))(
    '%s',
    (_, { sights }) => {
      expect(sights.flatMap(tooSteep)).toEqual([]);
    },
  );

  it('is tried of every control that looks at a list', async () => {
    const ids = (all: readonly { readonly id: string }[]) => all.map(({ id }) => id).toSorted();
    expect(ids(controls)).toEqual(ids(await allControls()));
    expect(missing).toEqual([]);
  });
});

describe('a cost that grows', () => {
  const burn = (steps: number) => {
    let sum = 0;
    for (let step = 0; step < steps; step++) sum += Math.sqrt(step);
    return sum;
  };
  it('is told from one that grows with the square', () => {
    expect(growthOf((size) => () => burn(size * 1000), small, large, rounds)).toBeLessThan(2.3);
    expect(growthOf((size) => () => burn(size ** 2 * 8), small, large, 3, 0)).toBeGreaterThan(3);
  });
});
