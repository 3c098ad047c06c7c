import { type Choice, mostWorlds, type Work, World } from '../resolution/world.ts';

/** What came out in one world. */
export interface Run<T> {
  readonly world: World;
  readonly result: T;
}
export interface Explored<T> {
  readonly runs: readonly Run<T>[];
  /** There are more ways in which it can turn out than are looked at. */
  readonly isCut: boolean;
  /** It is, for what one template may cost was spent: not even all that differ in one choice were looked at. @default false */
  readonly isSpent?: boolean;
}

/** What a run costs whatever it asks, in references that are followed. */
const perRun = 50;

type Decided = readonly (readonly [string, unknown])[];
/** Of a world in which nothing is decided. */
export const undecided: ReadonlyMap<string, unknown> = new Map();
/**
 * The worlds that differ from this one in what it asked about and nobody decided; first in what AWS does, which decides what counts.
 * @param most more than these are not made: nobody would look at them
 * @param settledKinds of choices that stay as they are
 */
const othersThan = (
  world: World,
  most: number,
  settledKinds: readonly Choice['kind'][],
): readonly Decided[] => {
  const found: Decided[] = [];
  const ofAws: Decided[] = [];
  let settled: (readonly [string, unknown])[] | undefined;
  for (const choice of world.asked.values()) {
    if (world.decided.has(choice.id) || settledKinds.includes(choice.kind)) continue;
    settled ??= [...world.decided];
    const [first, ...others] = choice.values;
    const isOfAws = choice.kind === 'default' || choice.kind === 'setting';
    const into = isOfAws ? ofAws : found;
    for (const value of others) {
      if (into.length >= most) break;
      into.push([...settled, [choice.id, value]]);
    }
    settled.push([choice.id, first]);
  }
  return [...ofAws, ...found];
};

/**
 * Runs something in every world that it can tell apart: only what it asks about makes another one.
 * @param world turns to each of them
 * @param begin what is decided in all of them
 * @param first what came out already in the world that has turned to where nothing else is decided
 */
export const explored = <T>(
  run: (world: World) => T | Promise<T>,
  world = new World(),
  begin: Decided = [],
  first?: { readonly result: T },
  settledKinds: readonly Choice['kind'][] = [],
): Explored<T> | Promise<Explored<T>> => {
  const runs: Run<T>[] = [];
  const waiting: Decided[] = first ? [] : [begin];
  const keep = (result: T): void => {
    const { kept } = world;
    runs.push({ world: kept, result });
    // Each is compared with all others afterwards.
    world.spend(perRun + kept.asked.size * runs.length);
    const most = mostWorlds + 1 - runs.length - waiting.length;
    if (kept.asked.size > 0 && most > 0)
      waiting.push(...othersThan(kept, most, settledKinds).slice(0, most));
  };
  if (first) keep(first.result);
  // Most is known by now, and to await it costs more than to find it out.
  const goOn = (): Explored<T> | Promise<Explored<T>> => {
    // What differs in one choice comes before what differs in several.
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      if (runs.length >= mostWorlds) return { runs, isCut: true };
      if (runs.length > 0 && world.isSpent) return { runs, isCut: true, isSpent: true };
      world.turn(next.length === 0 ? undecided : new Map(next));
      const made = run(world);
      if (made instanceof Promise)
        return made.then((result) => {
          keep(result);
          return goOn();
        });
      keep(made);
    }
    return { runs, isCut: false };
  };
  return goOn();
};

/** Whether something holds in every world that it can tell apart; of more than are looked at it is not known. */
export const isInEvery = (holds: (world: World) => boolean, work?: Work): boolean => {
  const waiting: Decided[] = [[]];
  let count = 0;
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const world = new World(new Map(next), work);
    count += 1;
    if (count > mostWorlds || world.isSpent || !holds(world)) return false;
    waiting.push(...othersThan(world, mostWorlds, []));
    if (count + waiting.length > mostWorlds) return false;
  }
  return true;
};
