/** Thrown where a control, or the reading of a facet, touches what its source leaves open. */
export class Unresolved extends Error {
  override readonly name = 'Unresolved';
  /** It is no value of what is evaluated: another stack sets it. */
  readonly isOfOthers: boolean;
  constructor(message: string, isOfOthers = false) {
    super(message);
    this.isOfOthers = isOfOthers;
  }
}
