import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UserError } from '../support/user-error.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

const parseOrThrow = <const T extends ParseArgsConfig>(config: T) => {
  try {
    return parseArgs(config);
  } catch (cause) {
    // Node goes on to explain how a positional argument is written.
    const [sentence] = String(Reflect.get(Object(cause), 'message')).split(/\.\s/);
    throw new UserError(`${sentence}; see --help`, { cause });
  }
};

type Parsed<T extends Options> = ReturnType<
  typeof parseArgs<{ options: T; allowPositionals: true }>
>;

/** The option's value; where it is missing a sentence that names it. */
export const required = (name: string, value: string | undefined): string => {
  if (value !== undefined && value.trim() !== '') return value;
  throw new UserError(`--${name} is missing; see --help`);
};

/** Options and positionals of a command; `undefined` where its help was asked for and printed. */
export const parsed = <const T extends Options>(
  argv: readonly string[],
  options: T,
  usage: string,
  positionals = 0,
): Parsed<T> | undefined => {
  if (argv.includes('--help') || argv.includes('-h')) {
    console.log(usage);
    return undefined;
  }
  const args = parseOrThrow({ args: [...argv], options, allowPositionals: true });
  if (args.positionals.length === positionals) return args;
  const unexpected = args.positionals.slice(positionals);
  if (unexpected.length > 0) {
    throw new UserError(`unexpected argument ${unexpected.join(' ')}; see --help`);
  }
  throw new UserError(`${usage.split('\n')[0]}; see --help`);
};
