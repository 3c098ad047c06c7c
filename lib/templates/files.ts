import { createReadStream, type Dirent, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { whyNotRead } from '../support/file-failures.ts';
import { UserError } from '../support/user-error.ts';
import type { Constructs } from './cdk-constructs.ts';
import { cdkStacksIn } from './cdk-output.ts';
import { looksLikeTemplate } from './cloudformation.ts';
import { plainly } from './document/plainly.ts';
import type { Deployment } from './template.ts';
import { looksLikePlan } from './terraform/plan.ts';

/** A file that was read. */
export interface SourceFile {
  /** As it is shown: relative to where the command was run. */
  readonly file: string;
  readonly path: string;
  readonly text: string;
  /** What the file's own surroundings say of its deployment. */
  readonly deployment?: Partial<Deployment>;
  /** Of an output of the CDK, what it says of the constructs. */
  readonly constructs?: Constructs;
  /** It lies in an output of the CDK that does not name it: a nested stack, what an earlier output left, or somebody's own. */
  readonly isUnnamed?: true;
  /** It was found in a folder: nobody said that it is a template. */
  readonly isFound?: true;
}
/** Why a file, or a part of one, was not evaluated. */
export interface Problem {
  readonly file: string;
  readonly message: string;
}

/** Files of other kinds than templates. */
export interface OtherKinds {
  /** Cheap: whether a file of a folder is to be read for it, by its name. */
  isNamed(name: string): boolean;
  /** Cheap: whether a text is of such a kind. */
  recognises(path: string, text: string): boolean;
}
/** The standard input, as a path names it. */
export const input = '-';
/** What it is called where it is shown. */
export const inputName = 'standard input';

const extensions = /\.(?:ya?ml|json|template)$/i;
const passedOver = new Set(['node_modules', '.git', '.terraform', '.venv', '.aws-sam']);
/** Whether nothing below a folder of this name is read, wherever it stands. */
export const isReadNever = (path: string): boolean => passedOver.has(basename(path));
const mostFiles = 50_000;
const mostBytes = 100_000_000;

/** What is not read, though the system would let it be read. */
const neverRead = {
  EFBIG: `it is larger than ${mostBytes / 1_000_000} MB, which is the most that is read`,
  ENODEV: 'it is no file',
  EUTF16: 'it is UTF-16 without a byte order mark: save it as UTF-8',
};
class Unreadable extends Error {
  override readonly name = 'Unreadable';
  constructor(code: keyof typeof neverRead) {
    super(neverRead[code]);
  }
}
/** Node gives this letter for each byte of a name that is no UTF-8, and finds no file by what it gives. */
const noLetter = '\uFFFD';
const whyNot = (error: unknown, path: string): string => {
  if (error instanceof Unreadable) return error.message;
  const isMissing = Reflect.get(Object(error), 'code') === 'ENOENT';
  return isMissing && path.includes(noLetter)
    ? 'its name is no UTF-8: rename it'
    : whyNotRead(error);
};

/** What a link leads to is seen when it is read. */
const mayBeFile = (entry: Dirent): boolean => entry.isFile() || entry.isSymbolicLink();

const entriesOf = (folder: string, problems: Problem[]): readonly Dirent[] => {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    problems.push({
      file: shownPath(folder),
      message: `${shownPath(folder)}: ${whyNot(error, folder)}`,
    });
    return [];
  }
};

interface Walk {
  /** Told of each folder below which nothing is read, by its path. */
  readonly passesOver?: ((folder: string) => void) | undefined;
  /** Folders that are not read besides. @default - none */
  readonly isPassedOver?: (name: string) => boolean;
}

/** Every file of a folder that can be a template, in order; a link to a folder is not followed. */
const filesIn = (
  folder: string,
  problems: Problem[],
  others: OtherKinds | undefined,
  { passesOver, isPassedOver = () => false }: Walk,
): readonly string[] => {
  const found: string[] = [];
  const folders = [folder];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    for (const entry of entriesOf(next, problems)) {
      const path = join(next, entry.name);
      if (entry.isDirectory()) {
        if (!passedOver.has(entry.name) && !isPassedOver(entry.name)) folders.push(path);
        // What git keeps nobody takes for what is to be read.
        else if (entry.name !== '.git') passesOver?.(path);
      } else if (mayBeFile(entry) && (extensions.test(entry.name) || others?.isNamed(entry.name)))
        found.push(path);
    }
    if (found.length > mostFiles)
      throw new UserError(`${folder} has more than ${mostFiles} files: name a folder of it`);
  }
  return found.toSorted();
};

/** A path as it is shown: relative to where the command was run, where it is within. */
export const shownPath = (path: string): string => {
  const near = relative(process.cwd(), path);
  return near === '' || near.startsWith('..') ? path : near;
};

/** All that comes of what has no size. */
const textFrom = async (stream: AsyncIterable<string | Buffer>): Promise<string> => {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of stream) {
    parts.push(Buffer.from(part));
    size += part.length;
    if (size > mostBytes) throw new Unreadable('EFBIG');
  }
  return textOf(Buffer.concat(parts));
};

/** A shell of Windows writes what it is given as UTF-16; readers of YAML take it in either order. */
const textOf = (bytes: Buffer): string => {
  const isBig = bytes[0] === 0xfe && bytes[1] === 0xff && bytes.length % 2 === 0;
  if (isBig) bytes.swap16();
  const isWide = bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(isWide ? 'utf16le' : 'utf8').replace(/^\uFEFF/, '');
};

/** What a shell gives the process, such as the pipe of `<(helm template .)`: somebody writes it, and ends. */
const isGiven = (path: string): boolean => /^\/(?:dev\/(?:fd\/|stdin$)|proc\/)/.test(path);
/** What somebody names can be what a shell gives; any other pipe may be written by nobody, and a device has no end. */
const textAt = async (path: string, isNamed: boolean): Promise<string> => {
  const found = statSync(path);
  const isStream = !found.isFile() && !found.isDirectory();
  if (isStream && !(isNamed && isGiven(resolve(path)))) throw new Unreadable('ENODEV');
  if (found.size > mostBytes) throw new Unreadable('EFBIG');
  // For each of thousands another thread costs more than the file does; a pipe is waited for.
  return isStream ? textFrom(createReadStream(path)) : textOf(readFileSync(path));
};

/** A file that another one names; else why it cannot be read. */
export const fileNamedIn = async (path: string): Promise<SourceFile | string> => {
  try {
    return { file: shownPath(path), path, text: await textAt(path, false) };
  } catch (error) {
    return whyNot(error, path);
  }
};

const looksPlainlyDeclared = (text: string): boolean =>
  looksLikeTemplate(text) || looksLikePlan(text);
/** Cheap: whether a text can be a template or a plan, also where its words are written with escapes. */
export const looksDeclared = (text: string): boolean =>
  looksPlainlyDeclared(text) || looksPlainlyDeclared(plainly(text));

/** UTF-16 without a byte order mark: each ASCII letter has a zero byte beside it. */
const isWideWithoutMark = (text: string): boolean => /^(?:\0[^\0]|[^\0]\0){2}/.test(text);

const readOne = async (
  path: string,
  isNamed: boolean,
  others: OtherKinds | undefined,
): Promise<SourceFile | undefined> => {
  const isInput = path === input;
  const text = isInput ? await textFrom(process.stdin) : await textAt(path, isNamed);
  const isWide = isWideWithoutMark(text);
  const meant = isWide ? text.replaceAll('\0', '') : text;
  // Of a folder what is no template is nobody's mistake.
  if (!isInput && !isNamed && !looksDeclared(meant) && !others?.recognises(path, meant))
    return undefined;
  if (isWide) throw new Unreadable('EUTF16');
  return { file: isInput ? inputName : shownPath(path), path, text };
};

/** A file that a path stands for. */
export interface Named {
  readonly path: string;
  /** Somebody, or a manifest, says that it is a template. */
  readonly isNamed: boolean;
  readonly deployment?: Partial<Deployment>;
  readonly constructs?: Constructs;
  readonly isUnnamed?: true;
}

const isFolder = (path: string): boolean => {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
};

/** What a path stands for: itself, the stacks of an output of the CDK, or every template of a folder. */
const namedBy = (
  path: string,
  isNamed: boolean,
  problems: Problem[],
  others: OtherKinds | undefined,
  passesOver: Walk['passesOver'],
): readonly Named[] => {
  if (!isFolder(path)) return [{ path, isNamed }];
  const stacks = cdkStacksIn(path, (at, why) =>
    problems.push({ file: shownPath(at), message: `${shownPath(at)}: ${why}` }),
  );
  if (stacks)
    return [
      ...stacks.map((one) => ({ ...one, isNamed: true })),
      // Whoever puts a manifest.json into a folder would else hide what lies beside it.
      ...filesIn(path, problems, others, { passesOver, isPassedOver: isAsset })
        .filter((file) => !ofTheCdk.test(basename(file)))
        .map((file) => ({ path: file, isNamed: false, isUnnamed: true as const })),
    ];
  return filesIn(path, problems, others, { passesOver }).map((file) => ({
    path: file,
    isNamed: false,
  }));
};
/** What the CDK writes about its templates. */
const ofTheCdk = /^(?:manifest|tree|validation-report)\.json$|\.(?:assets|metadata)\.json$/;
/** What the CDK copies for a deployment: code and files of others. */
const isAsset = (name: string): boolean => name.startsWith('asset.');

/** Reads one file; `undefined` with a problem for one that cannot be read, and for what is no template unless it is named. */
export const sourceFile = async (
  { path, isNamed, deployment, constructs, isUnnamed }: Named,
  problems: Problem[],
  others?: OtherKinds,
): Promise<SourceFile | undefined> => {
  try {
    const source = await readOne(path, isNamed, others);
    return (
      source && {
        ...source,
        ...(deployment ? { deployment } : {}),
        ...(constructs ? { constructs } : {}),
        ...(isUnnamed ? { isUnnamed } : {}),
        ...(isNamed ? {} : { isFound: true }),
      }
    );
  } catch (error) {
    const message =
      error instanceof UserError
        ? error.message
        : `${path === input ? inputName : shownPath(path)}: ${whyNot(error, path)}`;
    problems.push({ file: shownPath(path), message });
    return undefined;
  }
};

export interface AskedPaths {
  readonly paths: readonly string[];
  /** Whether a file that is named and is no template is passed over, as in a folder. */
  readonly isPassedOver?: boolean | undefined;
  /** Told of each folder below which nothing is read, by its path. */
  readonly passesOver?: (folder: string) => void;
}

/** `a/../b` is `b`. */
const placeIn = (path: string): string => (path === input ? path : resolve(path));

/** The files that the paths stand for, each once. */
export const namedFiles = (
  { paths, isPassedOver = false, passesOver }: AskedPaths,
  problems: Problem[],
  others?: OtherKinds,
): readonly Named[] => {
  const named = new Map<string, Named>();
  for (const path of paths)
    for (const one of namedBy(path, !isPassedOver, problems, others, passesOver))
      if (!named.has(placeIn(one.path))) named.set(placeIn(one.path), one);
  return [...named.values()];
};

/** Reads what the paths name, one file after the other; a file that cannot be read is told, and the others go on. */
export async function* sourceFiles(
  paths: AskedPaths,
  problems: Problem[],
  others?: OtherKinds,
): AsyncGenerator<SourceFile> {
  // What is known of one, such as the constructs of a stack, is let go with it.
  const left = [...namedFiles(paths, problems, others)].reverse();
  for (let named = left.pop(); named; named = left.pop()) {
    const source = await sourceFile(named, problems, others);
    if (source) yield source;
    // Nothing else here waits for anything: timers have their turn between two files.
    await new Promise(setImmediate);
  }
}
