import type { ParseArgsConfig } from 'node:util';
import { parsed } from '../lib/cli/arguments.ts';
import { UserError } from '../lib/support/user-error.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/**
 * What a script of package.json is asked for. Where that is help, or what the script does not know, it says so and ends, as
 * the command line does: with 0, or with 2 and one sentence.
 */
export const askedOf = <const T extends Options>(
  options: T,
  usage: string,
  positionals: number | 'some' = 0,
): NonNullable<ReturnType<typeof parsed<T>>> => {
  try {
    const all = parsed(process.argv.slice(2), options, usage, positionals);
    if (all !== undefined) return all;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(error.message);
    process.exit(2);
  }
  process.exit(0);
};
