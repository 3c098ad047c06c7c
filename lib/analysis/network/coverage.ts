/** A row of pieces, some of them covered, each by any number of blocks; a change takes steps of the logarithm of its length. */
export class Coverage {
  readonly #length: number;
  /** A tree in which node n has the halves 2n and 2n + 1: how many blocks cover all of a node, and what is covered in it. */
  readonly #blocks: Int32Array;
  readonly #covered: Float64Array;
  readonly #weights: Float64Array;

  constructor(weights: readonly number[]) {
    this.#length = weights.length;
    this.#blocks = new Int32Array(4 * Math.max(1, this.#length));
    this.#covered = new Float64Array(this.#blocks.length);
    this.#weights = new Float64Array(this.#blocks.length);
    if (this.#length > 0) this.#weigh(weights, 1, 0, this.#length);
  }

  #weigh(weights: readonly number[], node: number, from: number, to: number): number {
    const middle = (from + to) >> 1;
    const weight =
      to - from === 1
        ? (weights[from] ?? 0)
        : this.#weigh(weights, 2 * node, from, middle) +
          this.#weigh(weights, 2 * node + 1, middle, to);
    this.#weights[node] = weight;
    return weight;
  }

  /** The weight of all pieces. */
  get total(): number {
    return this.#weights[1] ?? 0;
  }

  /** The weight of those that are covered. */
  get covered(): number {
    return this.#covered[1] ?? 0;
  }

  /** One block more (1) or less (-1) covers the pieces from `first` to before `end`. */
  change(first: number, end: number, by: 1 | -1): void {
    if (first < end) this.#change(first, end, by, 1, 0, this.#length);
  }

  #change(first: number, end: number, by: number, node: number, from: number, to: number): void {
    if (end <= from || to <= first) return;
    if (first <= from && to <= end) {
      this.#blocks[node] = (this.#blocks[node] ?? 0) + by;
    } else {
      const middle = (from + to) >> 1;
      this.#change(first, end, by, 2 * node, from, middle);
      this.#change(first, end, by, 2 * node + 1, middle, to);
    }
    const isWhole = (this.#blocks[node] ?? 0) > 0;
    const inHalves =
      to - from === 1 ? 0 : (this.#covered[2 * node] ?? 0) + (this.#covered[2 * node + 1] ?? 0);
    this.#covered[node] = isWhole ? (this.#weights[node] ?? 0) : inHalves;
  }
}
