import { Unresolved } from '../../model/unresolved.ts';

const mostSteps = 500_000;
/** What is done for one template in all worlds but the first of each question. */
const mostWork = 40_000_000;

/** In so many worlds something is looked at. */
export const mostWorlds = 128;

/** What was done for a template in other worlds than the first of each question. */
export interface Work {
  done: number;
}

/** Something that can turn out in several ways, of which each has to be looked at. */
export interface Choice {
  readonly id: string;
  /**
   * `allowed`: the template lists the values. `open`: it does not say, and these stand for all that it may be.
   * `default`: what AWS does where nothing is declared, and what would be without that. `setting`: what AWS sets a property to that
   * is not declared, which nothing in the template works against. `elsewhere`: what another stack sets, on which a control
   * of exposure does not rely.
   */
  readonly kind: 'allowed' | 'open' | 'default' | 'setting' | 'elsewhere';
  /** It is no value of what is evaluated: another stack sets it. @default false */
  readonly isOfOthers?: boolean;
  /** The first is what counts as long as nothing is decided. */
  readonly values: readonly unknown[];
  /** `Env is prod`, for a reader. */
  say(value: unknown): string;
}

/** What somebody learned of a world; of most questions that is nothing. */
interface Learned {
  asked?: Map<string, Choice>;
  /** Defaults of parameters that were taken for their value: `Env=prod`. */
  soft?: Set<string>;
  /** What was taken for granted. */
  notes?: Set<string>;
  /** What was looked at as it is decided, and not asked, by its id. */
  seen?: Map<string, unknown>;
}

/** What was learned before something began that takes time. */
type Begun = Learned;

/** Something that was found out, and all that it rests on. */
interface Finding<T> {
  /** `undefined` for nothing: so it is with most. */
  readonly learned: Learned | undefined;
  /** What each of the choices was. */
  readonly values: readonly unknown[];
  readonly outcome: { readonly value: T } | { readonly error: unknown };
}
/** What was found out about one question, in the worlds that it tells apart. */
export type Findings<T> = Finding<T>[];
export const findingsOf = <T>(all: Map<string, Findings<T>>, key: string): Findings<T> => {
  const known = all.get(key);
  if (known) return known;
  const made: Findings<T> = [];
  all.set(key, made);
  return made;
};

/** What was found out and rests on nothing: so it is in every world. */
export const fixedIn = <T>([first]: Findings<T>): { readonly value: T } | undefined =>
  first && !first.learned && 'value' in first.outcome ? first.outcome : undefined;

const noChoices: ReadonlyMap<string, Choice> = new Map();
const noTexts: ReadonlySet<string> = new Set();
const noValues: readonly never[] = [];
const isNothing = ({ asked, soft, notes, seen }: Learned): boolean =>
  !asked && !soft && !notes && !seen;

/** One way in which everything that is open can turn out; knows afterwards what was asked of it. */
export class World {
  #decided: ReadonlyMap<string, unknown>;
  #learned: Learned = {};
  /** All worlds of a template share it. */
  readonly work: Work;

  constructor(decided: ReadonlyMap<string, unknown> = new Map(), work: Work = { done: 0 }) {
    this.#decided = decided;
    this.work = work;
  }
  /** Whether as much was done for its template as is done for one: no other world is looked at. */
  get isSpent(): boolean {
    return this.work.done > mostWork;
  }
  /** Counts what is done where something is decided. It is no time: the same template has the same verdicts everywhere. */
  spend(steps: number): void {
    if (this.#decided.size > 0) this.work.done += steps;
  }
  get decided(): ReadonlyMap<string, unknown> {
    return this.#decided;
  }
  get asked(): ReadonlyMap<string, Choice> {
    return this.#learned.asked ?? noChoices;
  }
  /** Defaults of parameters that were taken for their value: `Env=prod`. */
  get soft(): ReadonlySet<string> {
    return this.#learned.soft ?? noTexts;
  }
  /** What was taken for granted. */
  get notes(): ReadonlySet<string> {
    return this.#learned.notes ?? noTexts;
  }
  /** Whether somebody looked at it, as it is decided or not. */
  hasSeen(id: string): boolean {
    return this.#learned.seen?.has(id) === true;
  }
  /** What was decided of a choice, or would have been. */
  valueFor({ id, values }: Choice): unknown {
    return this.#decided.has(id) ? this.#decided.get(id) : values[0];
  }
  choose(choice: Choice): unknown {
    this.#learned.asked ??= new Map();
    this.#learned.asked.set(choice.id, choice);
    return this.valueFor(choice);
  }
  takeDefault(what: string): void {
    this.#learned.soft ??= new Set();
    this.#learned.soft.add(what);
  }
  note(what: string): void {
    this.#learned.notes ??= new Set();
    this.#learned.notes.add(what);
  }
  /** What somebody else's question decided, without asking it. */
  see(id: string): unknown {
    const value = this.#decided.get(id);
    this.#learned.seen ??= new Map();
    this.#learned.seen.set(id, value);
    return value;
  }
  /** What was asked is asked anew. */
  forget(): void {
    this.turn(this.#decided);
  }
  /** From now on it is another one, of which nothing was asked: what was found out in it before can count again. */
  turn(decided: ReadonlyMap<string, unknown>): void {
    this.#decided = decided;
    this.#learned = {};
    this.#steps = 0;
  }
  /** As it is now, whatever it turns to. */
  get kept(): World {
    if (this.isPlain && this.#decided.size === 0) return plain;
    const kept = new World(this.#decided, this.work);
    kept.#learned = this.#learned;
    return kept;
  }
  /** The same, of which nothing was asked. */
  get anew(): World {
    return new World(this.#decided, this.work);
  }
  #isAsThen({ learned, values }: Finding<unknown>): boolean {
    if (!learned) return true;
    const { asked, seen } = learned;
    this.spend(1);
    if (asked) {
      let index = 0;
      for (const choice of asked.values()) {
        if (this.valueFor(choice) !== values[index]) break;
        index += 1;
      }
      this.spend(index);
      if (index < asked.size) return false;
    }
    if (seen) for (const [id, value] of seen) if (this.#decided.get(id) !== value) return false;
    return true;
  }
  #learn({ asked, soft, notes, seen }: Learned): void {
    this.spend((asked?.size ?? 0) + (soft?.size ?? 0) + (seen?.size ?? 0));
    if (asked) for (const choice of asked.values()) this.choose(choice);
    if (soft) for (const one of soft) this.takeDefault(one);
    if (notes) for (const one of notes) this.note(one);
    if (seen) for (const id of seen.keys()) this.see(id);
  }
  /** Ends what began with `outer` learned: keeps the outcome, and what it rests on. */
  #keep<T>(known: Findings<T>, outer: Learned, outcome: Finding<T>['outcome']): void {
    const learned = this.#learned;
    this.#learned = outer;
    this.#learn(learned);
    // What was given up for its steps is not what it is where others took none before.
    if (this.#steps > mostSteps) return;
    if (isNothing(learned)) {
      known.push({ learned: undefined, values: noValues, outcome });
      return;
    }
    const values = [...(learned.asked?.values() ?? [])].map((one) => this.valueFor(one));
    known.push({ learned, values, outcome });
  }
  /** What was found out where all that it rests on is as it is now; it counts as asked. */
  again<T>(known: Findings<T>): Finding<T>['outcome'] | undefined {
    for (const one of known)
      if (this.#isAsThen(one)) {
        if (one.learned) this.#learn(one.learned);
        return one.outcome;
      }
    return undefined;
  }
  /** Finds something out once for all worlds that are alike in what it rests on. */
  once<T>(known: Findings<T>, find: () => T): T {
    const before = this.again(known);
    if (before) return valueIn(before);
    const outer = this.#learned;
    this.#learned = {};
    try {
      const value = find();
      this.#keep(known, outer, { value });
      return value;
    } catch (error) {
      this.#keep(known, outer, { error });
      throw error;
    }
  }
  /**
   * Begins what takes time, in which nobody else may ask anything. `found` ends it, or `givenUp` with nothing kept. No function
   * that awaits it, for it is asked for some ten thousand times.
   */
  begin(): Begun {
    const outer = this.#learned;
    this.#learned = {};
    return outer;
  }
  found<T>(known: Findings<T>, begun: Begun, value: T): void {
    this.#keep(known, begun, { value });
  }
  givenUp(begun: Begun): void {
    this.#learned = begun;
  }
  #steps = 0;
  /** Bounds what one template can make us do. */
  count(): void {
    this.#steps += 1;
    this.spend(1);
    if (this.#steps > mostSteps) throw new Unresolved('more references than are followed');
  }
  /** Whether all was as it is written, whatever else may be. */
  get isPlain(): boolean {
    const { asked, soft, notes } = this.#learned;
    return !asked && !soft && !notes;
  }
}

/** One for all in which nothing is open. */
const plain = new World();

export const valueIn = <T>(outcome: Finding<T>['outcome']): T => {
  if ('error' in outcome) throw outcome.error;
  return outcome.value;
};
