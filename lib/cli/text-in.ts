import { readFile } from 'node:fs/promises';
import { UserError } from '../support/user-error.ts';

/** The text of a file that an option names; a sentence where it cannot be read. */
export const textIn = async (option: string, file: string): Promise<string> => {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const code: unknown = Reflect.get(Object(cause), 'code');
    throw new UserError(`${option} ${file} cannot be read (${code})`, { cause, file });
  }
};
