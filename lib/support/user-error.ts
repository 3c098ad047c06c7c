/** A mistake of the person at the keyboard: its message is all that is printed, its cause is kept. */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** The file that is wrong, where it can be one of several. */
  readonly file: string | undefined;
  constructor(message: string, { file, ...options }: ErrorOptions & { file?: string } = {}) {
    super(message, options);
    this.file = file;
  }
}
