import { UserError } from '../support/user-error.ts';

let interrupted: Promise<never> | undefined;
let isOver = false;

/** Whether somebody has ended what runs: what still waits for an answer waits for nobody. */
export const isInterrupted = (): boolean => isOver;

/** Fails from the first Ctrl-C on; a second one ends the process as if nobody listened. */
const interruption = (): Promise<never> => {
  interrupted ??= new Promise((_, reject) => {
    process.once('SIGINT', () => {
      isOver = true;
      // What tells of progress stands on a line of its own.
      if (process.stderr.isTTY) process.stderr.write('\n');
      reject(new UserError('It was ended by Ctrl-C.'));
    });
  });
  return interrupted;
};

/** Waits for work until Ctrl-C, which leaves it; none is begun after that. */
export const untilInterrupted = async <T>(work: () => Promise<T>): Promise<T> => {
  const ended = interruption();
  return Promise.race([ended, isOver ? ended : work()]);
};
