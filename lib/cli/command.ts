import { namedIn } from '../support/named-in.ts';
import { didYouMean } from '../support/nearest.ts';
import { UserError } from '../support/user-error.ts';
import { emptyArgument } from './arguments.ts';
import { usageText } from './usage.ts';

/** Exit codes: nothing to report, findings, could not be done. */
export type ExitCode = 0 | 1 | 2;

export type Command = (argv: readonly string[]) => Promise<ExitCode>;

/** Runs the part of a command that its first argument names, or the usual one where it names none. */
export const subcommand = async (
  argv: readonly string[],
  usage: string,
  usual: string,
  parts: Readonly<Record<string, Command>>,
): Promise<ExitCode> => {
  const [first = usual, ...rest] = argv;
  if (first === '--help' || first === '-h') {
    console.log(usageText(usage));
    return 0;
  }
  if (first.startsWith('-')) return subcommand([usual, ...argv], usage, usual, parts);
  const part = namedIn(parts, first);
  if (part) return part(rest);
  const known = Object.keys(parts);
  if (first === '') throw new UserError(emptyArgument);
  const hint = didYouMean(first, known, `allowed: ${known.join(', ')}`);
  throw new UserError(`${first} cannot be done here; ${hint}`);
};
