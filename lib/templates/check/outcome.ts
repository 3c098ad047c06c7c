import { type Control, leftOpen, type Verdict } from '../../model/control.ts';
import { someOf } from '../../support/some-of.ts';
import { said } from '../../support/untyped.ts';
import type { Choice, World } from '../resolution/world.ts';
import type { Explored, Run } from './worlds.ts';

/** A verdict on what a template declares, with what it rests on. */
export interface Outcome {
  readonly verdict: Verdict;
  /** The world that shows it. */
  readonly world: World;
  /** Defaults of parameters that were taken for their values: `Env=prod`. */
  readonly softDefaults: readonly string[];
  /** Which of the allowed values bring it about, where others do not. */
  readonly when: readonly string[];
  /** What AWS does by itself that makes it right. */
  readonly byDefault: readonly string[];
  readonly notes: readonly string[];
}

type Runs = readonly Run<Verdict>[];
const nothing: readonly string[] = [];
const choicesIn = (runs: Runs, kinds: readonly Choice['kind'][]): readonly Choice[] => {
  const found = new Map<string, Choice>();
  for (const { world } of runs)
    for (const choice of world.asked.values())
      if (kinds.includes(choice.kind)) found.set(choice.id, choice);
  return [...found.values()];
};
const statusesOf = (runs: Runs) => [...new Set(runs.map(({ result }) => result.status))];

/** What is shown in all of them is in the one that shows least. */
const evidenceIn = ({ result }: Run<Verdict>): number =>
  result.status === 'FAIL' ? result.evidence.length : 0;

/** The choice in which alone two runs may differ: what one of them was not asked differs in nothing. */
const onlyDiffering = (all: readonly Choice[], one: World, other: World): Choice | undefined => {
  let found: Choice | undefined;
  for (const choice of all) {
    if (!one.asked.has(choice.id) || !other.asked.has(choice.id)) continue;
    if (one.valueFor(choice) === other.valueFor(choice)) continue;
    if (found) return undefined;
    found = choice;
  }
  return found;
};
/** The choices of which it is seen that it comes out so either way. Each two runs are compared once, for all choices. */
const idleOf = (choices: readonly Choice[], runs: Runs): ReadonlySet<Choice> => {
  const isSeen = new Set<Choice>();
  const decided = new Set<Choice>();
  for (const [at, one] of runs.entries())
    for (let next = at + 1; next < runs.length; next += 1) {
      const other = runs[next];
      const choice = other && onlyDiffering(choices, one.world, other.world);
      if (choice) (one.result.status === other.result.status ? isSeen : decided).add(choice);
    }
  for (const choice of decided) isSeen.delete(choice);
  return isSeen;
};
/** Those of the choices on which it depends: others were asked about beside them. */
const deciding = (runs: Runs, choices: readonly Choice[]): readonly Choice[] => {
  if (choices.length < 2) return choices;
  const idle = idleOf(choices, runs);
  const found = choices.filter((choice) => !idle.has(choice));
  return found.length > 0 ? found : choices;
};

/** What holds of runs that differ only in what is open. */
const agreed = (runs: Runs): Run<Verdict> | undefined => {
  const statuses = statusesOf(runs);
  const [first] = runs;
  if (!first) return undefined;
  if (statuses.length === 1)
    return runs.reduce((least, one) => (evidenceIn(one) < evidenceIn(least) ? one : least), first);
  if (statuses.every((status) => status === 'PASS' || status === 'NOT_APPLICABLE'))
    return runs.find(({ result }) => result.status === 'PASS');
  const choices = deciding(runs, choicesIn(runs, ['open', 'elsewhere']));
  const whys = choices.map((choice) => choice.say(first.world.valueFor(choice)));
  const own = runs.find(({ result }) => result.status === 'UNKNOWN')?.result;
  const isOfOthers = choices.length > 0 && choices.every((choice) => choice.isOfOthers);
  const why = `it depends on ${someOf([...new Set(whys)])}`;
  const result = whys.length === 0 && own ? own : leftOpen(why, isOfOthers);
  return { world: first.world, result };
};

const worst: readonly Verdict['status'][] = ['FAIL', 'UNKNOWN', 'PASS', 'NOT_APPLICABLE'];
interface Group {
  readonly runs: Runs;
  readonly agreed: Run<Verdict>;
}

const isIn = (some: ReadonlySet<string>, all: ReadonlySet<string>): boolean => {
  if (some.size > all.size) return false;
  for (const one of some) if (!all.has(one)) return false;
  return true;
};
/** As one text, in whatever order they are. */
const textOf = (key: ReadonlySet<string>): string => {
  const [first = '', ...more] = key;
  return more.length === 0 ? first : JSON.stringify([first, ...more].sort());
};
/** A choice that turned out so. */
const turned = ({ id }: Choice, value: unknown): string => `${id.length} ${id} ${said(value)}`;

const groupOf = (runs: Runs): readonly Group[] => {
  const found = agreed(runs);
  return found ? [{ runs, agreed: found }] : [];
};

/** A run that was not asked about a choice is in the group of each of its values. */
const grouped = (runs: Runs, kinds: readonly Choice['kind'][]): readonly Group[] => {
  const keyed = runs.map((run) => {
    const key = new Set<string>();
    for (const one of run.world.asked.values())
      if (kinds.includes(one.kind)) key.add(turned(one, run.world.valueFor(one)));
    return { run, key };
  });
  // Nothing of it decided anything: they are one group.
  if (keyed.every(({ key }) => key.size === 0)) return groupOf(runs);
  const keys = new Map(keyed.map(({ key }) => [textOf(key), key]));
  const all = [...keys.values()];
  const whole = all.filter((key) => !all.some((one) => one !== key && isIn(key, one)));
  return whole.flatMap((key) => {
    const same = keyed.filter((one) => isIn(one.key, key)).map(({ run }) => run);
    return groupOf(same);
  });
};

const valuesOf = ({ agreed: { world } }: Group, choices: readonly Choice[]) =>
  new Map(
    choices.map((choice) => [
      choice.id,
      world.asked.has(choice.id) ? world.valueFor(choice) : undefined,
    ]),
  );

/** The choices without which it would have come out otherwise. */
const decisive = (found: Group, groups: readonly Group[], kinds: readonly Choice['kind'][]) => {
  const isAlike = ({ agreed: { result } }: Group) => result.status === found.agreed.result.status;
  if (groups.every(isAlike)) return [];
  const choices = choicesIn(found.runs, kinds);
  const own = valuesOf(found, choices);
  const others = groups.map((group) => {
    const values = valuesOf(group, choices);
    const differing = choices.filter(({ id }) => values.get(id) !== own.get(id));
    return { group, differing: new Set(differing) };
  });
  const isOtherwise = ({ group }: (typeof others)[number]) => !isAlike(group);
  return choices.filter((choice) => {
    const apart = others.filter(({ differing }) => differing.has(choice));
    const alone = apart.filter(({ differing }) => differing.size === 1);
    return (alone.length > 0 ? alone : apart).some(isOtherwise);
  });
};

type Own = 'default' | 'setting';
/** Whether all that AWS does by itself, of these kinds, is so or is not. */
const isByDefault = ({ world }: Run<Verdict>, taken: boolean, kinds: readonly Own[]): boolean => {
  for (const one of world.asked.values())
    if (kinds.some((kind) => kind === one.kind) && world.valueFor(one) !== taken) return false;
  return true;
};

/** It came out in one way. */
export const alone = ({ world, result }: Run<Verdict>): Outcome => ({
  verdict: result,
  world,
  softDefaults: world.soft.size > 0 ? [...world.soft] : nothing,
  when: nothing,
  byDefault: nothing,
  notes: world.notes.size > 0 ? [...world.notes] : nothing,
});

const combined = (runs: Runs, kinds: readonly Choice['kind'][]): Outcome | undefined => {
  const [only] = runs;
  if (!only) return undefined;
  if (runs.length === 1) return alone(only);
  const groups = grouped(runs, kinds);
  const [found] = groups.toSorted(
    (a, b) => worst.indexOf(a.agreed.result.status) - worst.indexOf(b.agreed.result.status),
  );
  if (!found) return undefined;
  const { world, result } = found.agreed;
  return {
    verdict: result,
    world,
    softDefaults: [...new Set(runs.flatMap((run) => [...run.world.soft]))],
    when: decisive(found, groups, kinds).map((choice) => choice.say(world.valueFor(choice))),
    byDefault: [],
    notes: [...world.notes],
  };
};

/** What AWS does by itself that counts for a control. */
export const takenBy = ({ exposes }: Pick<Control, 'exposes'>): readonly Own[] =>
  exposes ? ['setting'] : ['default', 'setting'];

/** A pass of every run, where nothing else of it is told: they are not compared. `undefined` where they have to be. */
export const evidentPass = (
  control: Pick<Control, 'exposes'>,
  { runs, isCut }: Explored<Verdict>,
): Outcome | undefined => {
  const [first] = runs;
  const isEvident =
    first !== undefined && !isCut && runs.every(({ result }) => result.status === 'PASS');
  return isEvident && isByDefault(first, true, takenBy(control)) ? alone(first) : undefined;
};

/**
 * The outcome of all runs of a control, one for each combination of values that are not known. Values that nothing
 * limits have to lead to the same verdict. Of values that a template allows the worst verdict counts. AWS's own defaults
 * hold, but not for controls of exposure: there the template may open what AWS would keep closed.
 * @param isExplicit only what is declared counts
 */
export const outcomeOf = (
  control: Pick<Control, 'exposes'>,
  explored: Explored<Verdict>,
  isExplicit: boolean,
): Outcome | undefined => {
  const { runs, isCut } = explored;
  const [only] = runs;
  // Nothing was asked that could have turned out otherwise.
  if (only && only.world.asked.size === 0 && runs.length === 1 && !isCut) return alone(only);
  // Where not all ways were looked at, there may be none of those that count: all that were are better than nothing.
  const counting = (isOne: (run: Run<Verdict>) => boolean): Runs => {
    const found = runs.filter(isOne);
    return found.length === 0 && isCut ? runs : found;
  };
  if (isExplicit) {
    const explicit = runs.filter((run) => isByDefault(run, false, ['default', 'setting']));
    // What fails with AWS's defaults fails without them as well.
    if (explicit.length === 0 && isCut) return outcomeOf(control, explored, false);
    return cut(
      combined(explicit, control.exposes ? ['allowed', 'elsewhere'] : ['allowed']),
      explored,
    );
  }
  const taken = takenBy(control);
  const tried: readonly Choice['kind'][] = control.exposes
    ? ['allowed', 'default', 'elsewhere']
    : ['allowed'];
  const found = combined(
    counting((run) => isByDefault(run, true, taken)),
    tried,
  );
  const without = combined(
    runs.filter((run) => isByDefault(run, false, taken)),
    tried,
  );
  if (!found) return undefined;
  // What is not known is not made right by anything.
  const rests =
    found.verdict.status !== 'UNKNOWN' &&
    without !== undefined &&
    without.verdict.status !== found.verdict.status;
  const byDefault = rests ? choicesIn(runs, taken).map(({ id }) => id) : [];
  return cut({ ...found, byDefault }, explored);
};

/** Why something is not known of which not all ways were looked at. */
export const tooMany = 'it can turn out in more ways than are looked at';
/** What was not looked at can come out otherwise; what is not known stays so, and says why. */
const cut = (
  outcome: Outcome | undefined,
  { isCut, isSpent }: Omit<Explored<Verdict>, 'runs'>,
): Outcome | undefined => {
  if (!outcome || !isCut || outcome.verdict.status === 'UNKNOWN') return outcome;
  const asked = [...outcome.world.asked.values()];
  // A failure by one of the values that stand for an open one is none where the others pass.
  const isOpen = asked.some(({ kind }) => kind === 'open' || kind === 'elsewhere');
  if (outcome.verdict.status === 'FAIL' && !(isSpent && isOpen)) return outcome;
  const isOfOthers = asked.every((choice) => choice.isOfOthers);
  return { ...outcome, byDefault: nothing, verdict: leftOpen(tooMany, isOfOthers) };
};
