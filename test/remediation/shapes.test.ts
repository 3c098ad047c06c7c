import { turns } from '../local/path/turns/index.ts';
import { shapeOfTurn, triedTurns } from '../local/path/turns/tried.ts';
import { drifts } from './drifts/index.ts';
import { interrupted, notInterrupted, shapeOf } from './shapes.ts';

const shapes = <T>(all: readonly T[], of: (one: T) => string) =>
  [...new Set(all.map(of))].toSorted();

it('a drift of each shape goes the whole path, interrupted or not', () => {
  expect(shapes([...interrupted, ...notInterrupted], shapeOf)).toEqual(shapes(drifts, shapeOf));
});
it('a drift of each kind of plan is interrupted', () => {
  const kind = (one: (typeof drifts)[number]) => shapeOf(one).split(': ').at(-1) ?? '';
  expect(shapes(interrupted, kind)).toEqual(shapes(drifts, kind));
});
it('a turn of each shape goes the whole path', () => {
  expect(shapes(triedTurns, shapeOfTurn)).toEqual(shapes(turns, shapeOfTurn));
});
