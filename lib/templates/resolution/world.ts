import { Unresolved } from '../../model/unresolved.ts';

const mostSteps = 500_000;

/** Something that can turn out in several ways, of which each has to be looked at. */
export interface Choice {
  readonly id: string;
  /**
   * `allowed`: the template lists the values. `open`: it does not say, and these stand for all that it may be.
   * `default`: what AWS does where nothing is declared, and what would be without that.
   */
  readonly kind: 'allowed' | 'open' | 'default';
  /** The first is what counts as long as nothing is decided. */
  readonly values: readonly unknown[];
  /** `Env is prod`, for a reader. */
  say(value: unknown): string;
}

/** One way in which everything that is open can turn out; knows afterwards what was asked of it. */
export class World {
  readonly decided: ReadonlyMap<string, unknown>;
  readonly asked = new Map<string, Choice>();
  /** Defaults of parameters that were taken for their value: `Env=prod`. */
  readonly soft = new Set<string>();
  /** What was taken for granted. */
  readonly notes = new Set<string>();

  constructor(decided: ReadonlyMap<string, unknown> = new Map()) {
    this.decided = decided;
  }
  choose(choice: Choice): unknown {
    this.asked.set(choice.id, choice);
    return this.decided.has(choice.id) ? this.decided.get(choice.id) : choice.values[0];
  }
  /** What was asked is asked anew. */
  forget(): void {
    this.asked.clear();
    this.soft.clear();
    this.notes.clear();
  }
  #steps = 0;
  /** Bounds what one template can make us do. */
  count(): void {
    this.#steps += 1;
    if (this.#steps > mostSteps) throw new Unresolved('more references than are followed');
  }
  /** Whether all was as it is written, whatever else may be. */
  get isPlain(): boolean {
    return this.asked.size + this.soft.size + this.notes.size === 0;
  }
}
