import { type Choice, World } from '../resolution/world.ts';

/** What came out in one world. */
export interface Run<T> {
  readonly world: World;
  readonly result: T;
}
export interface Explored<T> {
  readonly runs: readonly Run<T>[];
  /** There are more ways in which it can turn out than are looked at. */
  readonly isCut: boolean;
}

const mostWorlds = 96;

/** What was decided in a world, or would have been. */
export const valueIn = (world: World, choice: Choice): unknown =>
  world.decided.has(choice.id) ? world.decided.get(choice.id) : choice.values[0];

/** Runs something in every world that it can tell apart: only what it asks about makes another one. */
export const explored = async <T>(run: (world: World) => Promise<T>): Promise<Explored<T>> => {
  const runs: Run<T>[] = [];
  const waiting: (readonly [string, unknown][])[] = [[]];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (runs.length >= mostWorlds) return { runs, isCut: true };
    const world = new World(new Map(next));
    const result = await run(world);
    runs.push({ world, result });
    const settled: [string, unknown][] = [...next];
    for (const choice of world.asked.values()) {
      if (world.decided.has(choice.id)) continue;
      const [first, ...others] = choice.values;
      for (const value of others) waiting.push([...settled, [choice.id, value]]);
      settled.push([choice.id, first]);
    }
  }
  return { runs, isCut: false };
};
