/** Thrown where a control, or the reading of a facet, touches what its source leaves open. */
export class Unresolved extends Error {
  override readonly name = 'Unresolved';
}
