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

/** Whether what a person answers will do; Ctrl-C and Ctrl-D answer nothing. Else it says that nothing was changed. */
const answers = async (
  question: string,
  willDo: (answer: string) => boolean,
  { input, output }: Terminal,
): Promise<boolean> => {
  const lines = createInterface({ input, output });
  const closed = new Promise<string>((resolve) => {
    lines.once('close', () => resolve(''));
  });
  const answer = await Promise.race([lines.question(question), closed]);
  lines.close();
  const isSo = willDo(answer.trim());
  if (!isSo) output.write('Nothing was changed.\n');
  return isSo;
};

/** Whether a person says yes. */
export const isAgreed = async (
  question: string,
  { yes }: Asking,
  on = terminal,
): Promise<boolean> =>
  yes === true || answers(`${question} [y/N] `, (answer) => /^y(es)?$/i.test(answer), on);

/** What an undo is confirmed with: nothing that holds for any other. */
interface Confirming extends Asking {
  readonly confirm?: string | undefined;
}

/** Refuses where this action is not confirmed and nobody could be asked, before anything is done. */
export const checkConfirmable = (
  action: string,
  { confirm, yes, json }: Confirming,
  { input } = terminal,
): void => {
  if (confirm === action) return;
  if (confirm !== undefined)
    throw new UserError(`--confirm says ${confirm}, and ${action} would be taken back`);
  if (yes || json || !input.isTTY)
    throw new UserError(`an undo is confirmed by its action: say --confirm ${action}`);
};

/** Whether a person types the id of this very action. */
export const isConfirmed = async (
  action: string,
  { confirm }: Confirming,
  on = terminal,
): Promise<boolean> =>
  confirm === action ||
  answers(`Type ${action} to take it back: `, (answer) => answer === action, on);
