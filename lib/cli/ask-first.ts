import { createInterface } from 'node:readline/promises';
import { UserError } from '../support/user-error.ts';

export interface Asking {
  /** Said beforehand, so that nothing is asked. */
  readonly yes?: boolean | undefined;
  readonly json?: boolean | undefined;
}
export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly output: NodeJS.WritableStream;
}
const terminal: Terminal = { input: process.stdin, output: process.stderr };

/** Refuses where nobody could be asked, before anything is done. */
export const checkAskable = ({ yes, json }: Asking, { input } = terminal): void => {
  if (yes) return;
  if (json) throw new UserError('with --json nothing is asked: say --yes');
  if (!input.isTTY) throw new UserError('this asks first, and here is no terminal: say --yes');
};

/** Whether a person says yes; Ctrl-C and Ctrl-D say no. After a no it says that nothing was changed. */
export const isAgreed = async (
  question: string,
  { yes }: Asking,
  { input, output } = terminal,
): Promise<boolean> => {
  if (yes) return true;
  const lines = createInterface({ input, output });
  const closed = new Promise<string>((resolve) => {
    lines.once('close', () => resolve(''));
  });
  const answer = await Promise.race([lines.question(`${question} [y/N] `), closed]);
  lines.close();
  const isYes = /^y(es)?$/i.test(answer.trim());
  if (!isYes) output.write('Nothing was changed.\n');
  return isYes;
};
