import { type Control, leftOpen, type Verdict } from '../../model/control.ts';
import { beyondDefaults } from '../resolution/parameters.ts';
import { type Choice, World } from '../resolution/world.ts';
import type { Declaration } from '../template.ts';
import { alone, evidentPass, type Outcome, outcomeOf, takenBy, tooMany } from './outcome.ts';
import { type Explored, explored, type Run, undecided } from './worlds.ts';

/** The verdict in a world whose conditions do not create the resource. */
export const notMade: Verdict = {
  status: 'NOT_APPLICABLE',
  reason: 'its condition does not hold',
};

interface Asked {
  readonly control: Pick<Control, 'exposes'>;
  readonly declared: Declaration;
  /** Whether defaults of parameters do not count. */
  readonly isExplicit: boolean;
  /** Whether of a pass nothing is told but that it is one. @default false */
  readonly isCounted?: boolean;
  /** The world to reuse for each assignment that is tried. @default a new one */
  readonly world?: World;
}

const then = <T, R>(value: T | Promise<T>, use: (value: T) => R | Promise<R>): R | Promise<R> =>
  value instanceof Promise ? value.then(use) : use(value);

const outcomeIn = (
  { control, isExplicit }: Asked,
  explored: Explored<Verdict>,
): Outcome | undefined => {
  const { runs, isCut } = explored;
  const made = runs.filter(({ result }) => result !== notMade);
  const [first] = runs;
  // An assignment that was not tried may create it.
  const unseen = made.length === 0 && isCut && first;
  const all = unseen ? [{ ...first, result: leftOpen(tooMany) }] : made;
  return outcomeOf(control, { ...explored, runs: all }, isExplicit);
};

/** A remark for a resource that the defaults do not create. */
const notMadeWith = ({ condition = '' }: Declaration, runs: readonly Run<unknown>[]): string => {
  const defaults = [...new Set(runs.flatMap(({ world }) => [...world.soft]))].join(', ');
  return `where ${condition} holds, which it does not with default ${defaults}`;
};

type RunIn = (world: World) => Verdict | Promise<Verdict>;

/**
 * The outcome where a run depends on something open. Where it depends on the default of a parameter, other values are tried: if
 * the defaults do not create the resource, or if it would pass by them alone.
 * @param result of the run in `world`, where nothing is decided
 */
const outcomeInAll = (run: RunIn, asked: Asked, world: World, result: Verdict) =>
  then(explored(run, world, [], { result }), (usual) => {
    const { control, declared, isExplicit, isCounted } = asked;
    const isByDefault = usual.runs.some((one) => one.world.hasSeen(beyondDefaults));
    const isLast = isCounted && !isExplicit && !(isByDefault && control.exposes);
    const found = (isLast && evidentPass(control, usual)) || outcomeIn(asked, usual);
    const isEnough = found !== undefined && (found.verdict.status !== 'PASS' || !control.exposes);
    if (isEnough || !isByDefault) return found;
    return then(explored(run, world, [[beyondDefaults, true]]), (tried) => {
      const others = outcomeIn(asked, tried);
      if (found && others?.verdict.status !== 'FAIL')
        return tried.isCut ? { ...found, byDefault: [], verdict: leftOpen(tooMany) } : found;
      if (found) return others;
      return others && { ...others, notes: [...others.notes, notMadeWith(declared, usual.runs)] };
    });
  });

/** Whether a pass depends on what AWS does by itself, which counts as it is: other ways only tell that it does. */
const restsOnAws = ({ control, isExplicit }: Asked, world: World, { status }: Verdict): boolean => {
  const taken: readonly Choice['kind'][] = takenBy(control);
  return (
    !isExplicit &&
    status === 'PASS' &&
    [...world.asked.values()].some(({ kind }) => taken.includes(kind))
  );
};

/** A pass in all worlds in which AWS does what it does by itself; `undefined` where there is no pass in one of them. */
const passWithAws = (run: RunIn, { control }: Asked, world: World, result: Verdict) =>
  then(explored(run, world, [], { result }, takenBy(control)), (tried) => {
    const isByDefault = tried.runs.some((one) => one.world.hasSeen(beyondDefaults));
    return isByDefault && control.exposes ? undefined : evidentPass(control, tried);
  });

/** The outcome where a run depends on something open: in as few worlds as tell what is asked for. */
const outcomeInWorlds = (run: RunIn, asked: Asked, world: World, result: Verdict) => {
  const inAll = (first: Verdict) => outcomeInAll(run, asked, world, first);
  const withAws = (first: Verdict) => passWithAws(run, asked, world, first);
  if (!restsOnAws(asked, world, result)) return inAll(result);
  const anew = (find: typeof inAll) => {
    world.turn(undecided);
    return then(run(world), find);
  };
  if (asked.isCounted) return then(withAws(result), (pass) => pass ?? anew(inAll));
  return then(inAll(result), (found) =>
    found?.verdict.status === 'UNKNOWN' && found.verdict.reason === tooMany
      ? then(anew(withAws), (pass) => pass ?? found)
      : found,
  );
};

/**
 * The outcome of a control on a resource in the worlds that create it; `undefined` where none does.
 * @param run gives `notMade` where the resource is not made
 */
export const outcomeWhereMade = (
  run: RunIn,
  asked: Asked,
): Outcome | undefined | Promise<Outcome | undefined> => {
  const { world = new World() } = asked;
  world.turn(undecided);
  return then(run(world), (result) => {
    const isOpen = world.asked.size > 0 || world.hasSeen(beyondDefaults);
    if (isOpen) return outcomeInWorlds(run, asked, world, result);
    return result === notMade ? undefined : alone({ world: world.kept, result });
  });
};
