/** A mistake of the person at the keyboard: its message is all that is printed, its cause is kept. */
export class UserError extends Error {
  override readonly name = 'UserError';
}
