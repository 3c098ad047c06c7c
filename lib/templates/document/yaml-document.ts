import { isDeepStrictEqual } from 'node:util';
import {
  type Document as Ast,
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  parseAllDocuments,
  parseDocument,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import { yamlProblem } from '../../engine/baseline/yaml-words.ts';
import { kept } from '../../support/once.ts';
import { UserError } from '../../support/user-error.ts';
import { withoutTrace } from '../../support/without-trace.ts';
import { type Document, linesOf, type Path, rangeBetween } from './document.ts';
import { yamlComments } from './yaml-comments.ts';
import { tooDeepAt } from './yaml-depth.ts';
import { duplicateAt } from './yaml-duplicate.ts';
import { indentedIn } from './yaml-indent.ts';
import { YamlSpans } from './yaml-spans.ts';
import { longFormOf, type Reads, type Tags, withDots } from './yaml-tags.ts';
import { numberOf, type PlainYaml, plainYamlIn } from './yaml-tree.ts';

const formOf = (node: unknown, tags?: Tags): string | undefined =>
  isNode(node) && 'tag' in node && typeof node.tag === 'string' && (tags?.has(node.tag) ?? true)
    ? longFormOf(node.tag)
    : undefined;

const scalarOf = ({ value, source }: Scalar): unknown => {
  if (typeof value === 'number' && source !== undefined) return numberOf(value, source);
  if (value instanceof Uint8Array) return Buffer.from(value).toString('utf8');
  if (value instanceof Date) return source;
  return typeof value === 'bigint' ? String(value) : value;
};

/**
 * Whether a key merges, as go-yaml and CloudFormation's reader have it: `<<` in no quotes and of no tag but that of a merge,
 * and no alias. The parser has a symbol for it where the text says YAML 1.1, or names the tag.
 */
const isMerge = (key: unknown): boolean =>
  isScalar(key) &&
  (typeof key.value === 'symbol' ||
    (key.type === 'PLAIN' && key.value === '<<' && (key.tag === undefined || key.tag === '!')));
const keyOf = (key: unknown): string =>
  isMerge(key) ? '<<' : isScalar(key) ? String(scalarOf(key)) : '';

/** A mark of byte order before what a document holds, which go-yaml passes over. */
const markOfOrder =
  /((?:^---[ \t]*\r?\n|(?<![\s\S]))(?:[ \t]*(?:#.*)?\r?\n)*)\ufeff(?!---|\.\.\.)/gm;
/** Breaks of lines for YAML 1.1, which Kubernetes, compose and CloudFormation read, and not for 1.2; as long as before. */
const withBreaks = (text: string): string =>
  (text.includes('\ufeff') ? text.replace(markOfOrder, '$1\n') : text).replace(
    /\r(?!\n)|[\u0085\u2028\u2029]/g,
    '\n',
  );
const twice = yamlProblem('DUPLICATE_KEY');

const mergeBelow = (name: string): string =>
  `what is merged here brings ${JSON.stringify(name)}, which stands above with another value: readers take one or the other; write the merge first`;

const deepest = 200;
const tooDeep = 'it is nested too deeply';
/** More than any file says without anchors that name anchors. */
const mostParts = 5_000_000;

type Fail = (at: number, why: string) => never;

const put = (made: Record<string, unknown>, key: string, value: unknown): void => {
  // Ten times as fast for a key that means nothing to the language.
  if (key !== '__proto__') made[key] = value;
  else
    Object.defineProperty(made, key, {
      value,
      enumerable: true,
      writable: true,
      configurable: true,
    });
};

/** Builds the tree; an anchor is built once, however often it is named. */
const treeOf = (ast: Ast, fail: Fail, { tags, isMergeBelowRefused }: Reads): unknown => {
  const built = new Map<unknown, unknown>();
  const under = new Set<unknown>();
  const sizes = new Map<unknown, number>();
  let parts = 0;
  const offsetOf = (node: unknown) => (isNode(node) ? (node.range?.[0] ?? 0) : 0);

  const mapOf = (items: readonly unknown[], depth: number): Record<string, unknown> => {
    const made: Record<string, unknown> = {};
    const merge = (value: object, at: number): void => {
      const above = isMergeBelowRefused ? { ...made } : {};
      for (const [name, inner] of [value].flat().flatMap((one) => Object.entries(Object(one)))) {
        if (!Object.hasOwn(made, name)) put(made, name, inner);
        else if (Object.hasOwn(above, name) && !isDeepStrictEqual(above[name], inner))
          fail(at, mergeBelow(name));
      }
    };
    for (const item of items) {
      if (!isPair(item)) continue;
      const named = isAlias(item.key) ? item.key.resolve(ast) : item.key;
      const key = keyOf(named);
      const value = build(item.value, depth + 1);
      // The parser does not see the same key in an anchor.
      if (named !== item.key && Object.hasOwn(made, key)) fail(offsetOf(item.key), twice);
      // What a merge brings gives way to what is written beside it, also to nothing; in quotes it is a key as any other.
      if (isMerge(item.key) && typeof value === 'object' && value !== null)
        merge(value, offsetOf(item.key));
      else put(made, key, value);
    }
    return made;
  };
  const plain = (node: unknown, depth: number): unknown => {
    if (isMap(node)) return mapOf(node.items, depth);
    if (isSeq(node)) return node.items.map((item) => build(item, depth + 1));
    return isScalar(node) ? scalarOf(node) : null;
  };
  const build = (node: unknown, depth: number): unknown => {
    if (depth > deepest) fail(offsetOf(node), tooDeep);
    if (isAlias(node)) {
      const target = node.resolve(ast);
      if (target === undefined) fail(offsetOf(node), `no anchor &${node.source} stands above`);
      return build(target, depth);
    }
    parts += sizes.get(node) ?? 1;
    if (parts > mostParts)
      fail(offsetOf(node), 'its aliases (*name) expand to more than five million values');
    if (built.has(node)) return built.get(node);
    const before = parts;
    if (under.has(node)) fail(offsetOf(node), 'an alias (*name) stands inside of its own anchor');
    under.add(node);
    const form = formOf(node, tags);
    const value = plain(node, depth);
    const made = form === undefined ? value : { [form]: withDots(form, value) };
    under.delete(node);
    if (isNode(node) && 'anchor' in node && node.anchor) {
      built.set(node, made);
      sizes.set(node, 1 + parts - before);
    }
    return made;
  };
  return build(ast.contents, 0);
};

const pairsByKey = new WeakMap<YAMLMap, ReadonlyMap<string, unknown>>();
/** The pair of a mapping that has this key, the first where it is written twice. */
const pairOf = (map: YAMLMap, key: string): unknown => {
  const known = pairsByKey.get(map);
  if (known) return known.get(key);
  const pairs = new Map<string, unknown>();
  for (const pair of map.items.toReversed())
    if (isScalar(pair.key)) pairs.set(keyOf(pair.key), pair);
  pairsByKey.set(map, pairs);
  return pairs.get(key);
};

const spanOf = (ast: Ast, path: Path): readonly [number, number] => {
  let node: unknown = ast.contents;
  const [from, to] = ast.contents?.range ?? [0, 0];
  let span: readonly [number, number] = [from, to];
  for (const key of path) {
    if (isAlias(node)) node = node.resolve(ast);
    // A short form stands for its key.
    if (formOf(node) === key) continue;
    const item: unknown = isMap(node)
      ? pairOf(node, String(key))
      : isSeq(node) && typeof key === 'number'
        ? node.items[key]
        : undefined;
    const [first, last] = isPair(item) ? [item.key, item.value] : [item, item];
    if (!isNode(first)) break;
    const end = isNode(last) ? last.range?.[1] : first.range?.[1];
    span = [first.range?.[0] ?? 0, end ?? first.range?.[1] ?? 0];
    node = last;
  }
  return span;
};

const failIn =
  (placeOf: ReturnType<typeof linesOf>, file: string): Fail =>
  (at, why) => {
    const [line, column] = placeOf(at);
    throw new UserError(`${file}:${line}:${column}: ${why}`);
  };
// Each tag that YAML itself does not know is a warning, with a trace that nobody reads.
const quiet = { prettyErrors: false, logLevel: 'silent' } as const;

type Text = Pick<Document, 'file' | 'text'>;

/** A text as it was parsed: with more blanks than the written one, where lines are indented too little. */
interface Parsed<T extends readonly Ast[]> {
  readonly asts: T;
  readonly parsed: string;
  /** Line and column of offsets in what was parsed. */
  readonly placeOf: ReturnType<typeof linesOf>;
  offsetOf(at: number): number;
}

const refuseTooDeep = (text: string, fail: Fail): void => {
  const at = tooDeepAt(text, deepest);
  if (at !== undefined) fail(at, tooDeep);
};

const isTwiceAlone = ({ errors }: Ast): boolean =>
  errors.every(({ code }) => code === 'DUPLICATE_KEY');

const parsedBy = <T extends readonly Ast[]>(
  parse: (text: string) => T,
  { file, text }: Text,
): Parsed<T> => {
  const broken = withBreaks(text);
  const placeOf = linesOf(text);
  refuseTooDeep(broken, failIn(placeOf, file));
  const asts = parse(broken);
  const asWritten = { asts, parsed: broken, placeOf, offsetOf: (at: number) => at };
  if (asts.every(isTwiceAlone)) return asWritten;
  const indented = indentedIn(broken);
  if (!indented) return asWritten;
  const offsetOf = (at: number): number => indented.offsetOf(at);
  const placeBelow = (at: number) => placeOf(offsetOf(at));
  refuseTooDeep(indented.text, failIn(placeBelow, file));
  const again = parse(indented.text);
  // An error that stays is reported of the text as written.
  if (!again.every(isTwiceAlone)) return asWritten;
  return { asts: again, parsed: indented.text, placeOf: placeBelow, offsetOf };
};

const documentOf = (
  ast: Ast,
  { file, text }: Text,
  { parsed, placeOf, offsetOf }: Omit<Parsed<readonly Ast[]>, 'asts'>,
  reads: Reads = {},
): Document => {
  const fail = failIn(placeOf, file);
  const placeInText = linesOf(text);
  const [problem] = ast.errors;
  if (problem) {
    const twiceAt = problem.code === 'DUPLICATE_KEY' && duplicateAt(ast, problem.pos[0]);
    const [line] = twiceAt ? placeOf(twiceAt.first) : [];
    fail(
      problem.pos[0],
      twiceAt
        ? `a duplicate key: ${twiceAt.key} stands in line ${line} already; take one of them out`
        : yamlProblem(problem.code),
    );
  }
  return {
    file,
    text,
    tree: treeOf(ast, fail, reads),
    comments: kept(() =>
      yamlComments(parsed).map(({ from, to }) => ({ from: offsetOf(from), to: offsetOf(to) })),
    ),
    rangeOf: (path) => rangeBetween(placeOf, ...spanOf(ast, path)),
    rangeFrom: (offset) => rangeBetween(placeInText, offset, offset),
  };
};

/** The same of what is written plainly; a place that its events do not tell is looked up in trees that can be edited. */
const plainDocuments = (yaml: PlainYaml, { file, text }: Text): readonly Document[] => {
  const placeOf = linesOf(text);
  const spans = new YamlSpans(yaml);
  const asts = kept(() => [...parseAllDocuments(text, quiet)]);
  const comments = kept(() => yamlComments(text));
  return yaml.documents.map(({ tree, root }, part) => ({
    file,
    text,
    tree,
    comments,
    rangeOf(path) {
      const span = spans.at(root, path);
      const ast = span ? undefined : asts()[part];
      return rangeBetween(placeOf, ...(span ?? (ast ? spanOf(ast, path) : [0, 0])));
    },
    rangeFrom: (offset) => rangeBetween(placeOf, offset, offset),
    part,
  }));
};

const allIn = (text: string) => {
  const all = withoutTrace(() => parseAllDocuments(text, quiet));
  return Array.isArray(all) ? all : [];
};

/** The same by trees that can be edited, which know all of YAML. */
export const editableDocuments = ({ file, text }: Text, reads?: Reads): readonly Document[] => {
  const parsed = parsedBy(allIn, { file, text });
  return parsed.asts.map((ast, part) => ({
    ...documentOf(ast, { file, text }, parsed, reads),
    part,
  }));
};

/** A text that holds one document. */
export const readYamlDocument = (text: string, file: string): Document => {
  const plain = plainYamlIn(text, undefined);
  const [only, ...others] = plain ? plainDocuments(plain, { file, text }) : [];
  if (only && others.length === 0) return only;
  const first = (one: string): readonly [Ast] => [withoutTrace(() => parseDocument(one, quiet))];
  const read = parsedBy(first, { file, text });
  const document = documentOf(read.asts[0], { file, text }, read);
  // Quiet, the parser says nothing of what follows; a line of `---` or `...` with nothing behind it is no document.
  const more = /^(?:---|\.\.\.)/m.test(read.parsed) ? allIn(read.parsed) : [];
  const isNothing = ({ contents, errors }: Ast): boolean =>
    errors.length === 0 && (!isScalar(contents) ? contents === null : contents.value === null);
  const other = more.slice(1).find((one) => !isNothing(one));
  if (other) failIn(read.placeOf, file)(other.range[0], yamlProblem('MULTIPLE_DOCS'));
  return document;
};

/** Every document of a text, which lines of `---` part; places are those in the whole text. */
export const readYamlDocuments = (
  text: string,
  file: string,
  reads?: Reads,
): readonly Document[] => {
  const plain = plainYamlIn(text, reads?.tags);
  return plain ? plainDocuments(plain, { file, text }) : editableDocuments({ file, text }, reads);
};
