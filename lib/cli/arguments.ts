import { resolve } from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { didYouMean } from '../support/nearest.ts';
import { UserError } from '../support/user-error.ts';
import { usageText } from './usage.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** Node's own sentence in ours; it goes on to explain how a positional argument is written. */
const sentenceOf = (cause: unknown, options: Options): string => {
  const said = String(Reflect.get(Object(cause), 'message'));
  const [, unknown] = /^Unknown option '(.+?)'/.exec(said) ?? [];
  if (unknown !== undefined) {
    if (/^-\w$/.test(unknown))
      return `there is no option ${unknown}; a name that begins with - is given behind --; see --help`;
    const known = Object.keys(options).map((name) => `--${name}`);
    return `there is no option ${unknown}; ${didYouMean(unknown, known, 'see --help')}`;
  }
  const [, option] = /^Option '(?:-\w, )?(--[\w-]+)(?: <value>)?' argument/.exec(said) ?? [];
  if (option !== undefined) return `${option} needs a value, such as ${option}=value; see --help`;
  const [, flag] = /^Option '(?:-\w, )?(--[\w-]+)' does not take an argument/.exec(said) ?? [];
  if (flag !== undefined) return `${flag} takes no value; see --help`;
  return `${said.split(/\.\s/)[0]}; see --help`;
};
/** `--most -1` as `--most=-1`: Node takes what begins with a dash for an option. */
const joined = (argv: readonly string[], options: Options): string[] => {
  const takesValue = (text: string | undefined) => options[text?.slice(2) ?? '']?.type === 'string';
  return argv.flatMap((text, index) => {
    const isNumber = /^-\d/.test(text) && takesValue(argv[index - 1]);
    if (isNumber) return [];
    const next = argv[index + 1] ?? '';
    return [takesValue(text) && /^-\d/.test(next) ? `${text}=${next}` : text];
  });
};

const parseOrThrow = <const T extends ParseArgsConfig & { readonly options: Options }>(
  config: T,
) => {
  try {
    return parseArgs(config);
  } catch (cause) {
    throw new UserError(sentenceOf(cause, config.options), { cause });
  }
};

type Parsed<T extends Options> = ReturnType<
  typeof parseArgs<{ options: T; allowPositionals: true }>
>;

/** Of an option that takes one value the last one would count, and nobody would see that the others do not. */
const refuseTwice = (
  tokens: readonly { readonly kind: string; readonly name?: string }[],
  options: Options,
): void => {
  const names = tokens.flatMap(({ name = '' }) => {
    const { type, multiple = false } = options[name] ?? {};
    return type === 'string' && !multiple ? [name] : [];
  });
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new UserError(`--${twice} is given twice: give it once`);
};

/** The option's value; where it is missing a sentence that names it. */
export const required = (name: string, value: string | undefined): string => {
  if (value !== undefined && value.trim() !== '') return value;
  throw new UserError(`--${name} is missing; see --help`);
};

export const emptyArgument = 'an argument is empty: give a path or a name; see --help';
/** A variable of a shell that is not set is given as an empty text: it names nothing. */
const refuseEmpty = (values: object, positionals: readonly string[]): void => {
  if (positionals.some((one) => one.trim() === '')) throw new UserError(emptyArgument);
  // Of a region a command says what one looks like.
  const [empty] =
    Object.entries(values).find(([name, value]) => value === '' && name !== 'region') ?? [];
  if (empty !== undefined) throw new UserError(`--${empty} is empty: give it a value; see --help`);
};

/** Refuses to write over what another option, or an argument, names: most often a file that is read. */
const refuseOver = (values: object, positionals: readonly string[]): void => {
  const out: unknown = Reflect.get(values, 'out');
  if (typeof out !== 'string') return;
  if (out === '-') throw new UserError('--out - names no file: leave --out out, and it is printed');
  const others = Object.entries(values).flatMap(([name, value]) => (name === 'out' ? [] : value));
  const named: readonly unknown[] = [...others, ...positionals];
  const isSame = (one: unknown) => typeof one === 'string' && resolve(one) === resolve(out);
  if (named.some(isSame))
    throw new UserError(
      `--out ${out} would be written over a file that is named too: give it another name`,
    );
};

/**
 * Options and positionals of a command; `undefined` where its help was asked for and printed.
 * @param positionals how many there are; `some` for one or more
 * @param missing what to say where there is none. @default - how the command is used
 */
export const parsed = <const T extends Options>(
  argv: readonly string[],
  options: T,
  usage: string,
  positionals: number | 'some' = 0,
  missing?: string,
): Parsed<T> | undefined => {
  const end = argv.indexOf('--');
  // Behind it everything is a name.
  const asked = end === -1 ? argv : argv.slice(0, end);
  if (asked.includes('--help') || asked.includes('-h')) {
    console.log(usageText(usage));
    return undefined;
  }
  const { tokens, ...args } = parseOrThrow({
    args: joined(argv, options),
    options,
    allowPositionals: true,
    tokens: true,
  });
  refuseTwice(tokens, options);
  refuseEmpty(args.values, args.positionals);
  refuseOver(args.values, args.positionals);
  if (args.positionals.length === positionals) return args;
  if (positionals === 'some' && args.positionals.length > 0) return args;
  const unexpected = args.positionals.slice(positionals === 'some' ? 1 : positionals);
  if (unexpected.length > 0) {
    throw new UserError(`unexpected argument ${unexpected.join(' ')}; see --help`);
  }
  throw new UserError(missing ?? `${usageText(usage).split('\n')[0]}; see --help`);
};

/** The parts of `a,b`, also where an option is repeated; an empty one is kept, to be refused. */
export const partsOf = (values: readonly string[] = []): readonly string[] =>
  values.flatMap((value) => value.split(',')).map((value) => value.trim());

/** The parts of `a,b`, also where an option is repeated; an empty one is a mistake. */
export const listed = (name: string, values: readonly string[] | undefined): readonly string[] => {
  const all = partsOf(values);
  if (all.includes('')) throw new UserError(`--${name} is empty, or has an empty part; see --help`);
  return all;
};

/** One of a few words, however it is written. */
export const oneOf = <W extends string>(name: string, value: string, words: readonly W[]): W => {
  const word = words.find((each) => each.toLowerCase() === value.toLowerCase());
  if (word !== undefined) return word;
  const written = words.map((each) => each.toLowerCase());
  const hint = didYouMean(value, written, `allowed: ${written.join(', ')}`);
  throw new UserError(`--${name} is ${value}; ${hint}`);
};
