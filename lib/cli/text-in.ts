import { asText, whyNotRead } from '../support/file-failures.ts';
import { UserError } from '../support/user-error.ts';

/** The text of a file that an option names; a sentence where it cannot be read. */
export const textIn = async (option: string, file: string): Promise<string> => {
  // Not at each start of `check`: on Node 20 this module takes some milliseconds.
  const { readFile } = await import('node:fs/promises');
  try {
    return asText(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new UserError(`${option} ${file}: ${whyNotRead(cause)}`, { cause, file });
  }
};
