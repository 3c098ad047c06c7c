import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { UserError } from '../../support/user-error.ts';

const run = promisify(execFile);
const requirement = 'moto[server]==5.2.5';
const repository = fileURLToPath(new URL('../../..', import.meta.url));

/** The repository's own virtual environment, which is made when no Python at hand has a fitting moto. */
export const ownVenv = join(repository, '.venv');

export const pythonIn = (venv: string) =>
  process.platform === 'win32' ? join(venv, 'Scripts', 'python.exe') : join(venv, 'bin', 'python');

/** The interpreters to try, best first. */
export const pythonsAtHand = (venv: string): readonly string[] => [
  ...(existsSync(pythonIn(venv)) ? [pythonIn(venv)] : []),
  'python3',
  'python',
];

/** Installs moto into a virtual environment, which is made if it is not there, and returns its interpreter. */
export const installMoto = async (python: string, venv: string): Promise<string> => {
  try {
    const env = process.env;
    await run(python, ['-m', 'venv', venv], { env });
    await run(pythonIn(venv), ['-m', 'pip', 'install', '--quiet', requirement], { env });
    return pythonIn(venv);
  } catch (error) {
    throw new UserError(
      `${requirement}, which plays AWS locally, could not be installed into ${venv}: ${lastLine(error)}`,
      { cause: error },
    );
  }
};

// The message of a failed command ends with what it wrote to standard error.
const lastLine = (error: unknown) => String(error).trim().split('\n').at(-1);
