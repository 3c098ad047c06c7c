/** A mistake of the person at the keyboard: its message is all that is printed, its cause is kept. */
export class UserError extends Error {
  override readonly name = 'UserError';
  /** The file that is wrong, where it can be one of several. */
  declare readonly file?: string;
  constructor(message: string, { file, ...options }: ErrorOptions & { file?: string } = {}) {
    super(message, options);
    // Without one it shows nothing of it where Node prints it.
    if (file !== undefined) this.file = file;
  }
}
