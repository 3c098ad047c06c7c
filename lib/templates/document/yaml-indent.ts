import { Lexer } from 'yaml';
import { linesOf } from './document.ts';

/** How many characters are read for all brackets and quotes of a text: two seconds. */
const mostRead = 10_000_000;
/** How many times as long a text may become, and how many characters more a short one may have. */
const [mostTimes, mostMore] = [5, 10_000];

/** Marks of the lexer: the next part is a text without quotes; a line ends brackets that are open. */
const [ofText, endOfBrackets] = ['\u001f', '\u0018'];
const marks: ReadonlySet<string> = new Set([ofText, '\u0002', endOfBrackets]);

const quoted = /"(?:[^"\\]|\\[\s\S])*"|'(?:[^']|'')*'/y;
const inBrackets = /"(?:[^"\\]|\\[\s\S])*"|'(?:[^']|'')*'|[[\]{},:]|#[^\n]*|\s+|[^\s,[\]{}]+/y;

const endOfQuotes = (text: string, from: number): number | undefined => {
  quoted.lastIndex = from;
  return quoted.test(text) ? quoted.lastIndex : undefined;
};
const endOfBracket = (text: string, from: number): number | undefined => {
  inBrackets.lastIndex = from;
  let open = 0;
  for (let found = inBrackets.exec(text); found; found = inBrackets.exec(text)) {
    const [part] = found;
    if (part === '[' || part === '{') open += 1;
    else if (part === ']' || part === '}') open -= 1;
    if (open === 0) return inBrackets.lastIndex;
  }
  return undefined;
};

/** The first bracket or quote that a line with too little indent cuts short: where it begins, and where the parser ends it. */
const tooFarLeft = (text: string): readonly [from: number, cut: number] | undefined => {
  let [at, outermost, open] = [0, 0, 0];
  let isText = false;
  for (const part of new Lexer().lex(text)) {
    const isMark: boolean = !isText && marks.has(part);
    if (isMark && part === endOfBrackets) return [outermost, at];
    if (!isText && (part === '[' || part === '{')) {
      if (open === 0) outermost = at;
      open += 1;
    } else if (!isText && (part === ']' || part === '}')) open -= 1;
    else if (!isText && /^["']/.test(part) && endOfQuotes(text, at) !== at + part.length)
      return [at, at + part.length];
    isText = isMark && part === ofText;
    if (!isMark) at += part.length;
  }
  return undefined;
};

/** A text with blanks added before some lines, and where its offsets are in the text as written. */
export interface Indented {
  readonly text: string;
  offsetOf(at: number): number;
}

/**
 * The parser follows YAML 1.2, which wants each line in brackets or quotes indented more than what they belong to. CloudFormation,
 * Kubernetes and Python do not look at the indent there. `undefined` where no line is indented too little, or something is not
 * closed.
 */
export const indentedIn = (written: string): Indented | undefined => {
  let text = written;
  const put = new Map<number, number>();
  let read = 0;
  for (let found = tooFarLeft(text); found; found = tooFarLeft(text)) {
    const [from, cut] = found;
    const end = /["']/.test(text[from] ?? '') ? endOfQuotes : endOfBracket;
    const to = end(text, from) ?? 0;
    read += text.length;
    // What does not end after that line is not closed at all.
    if (to <= cut || read > mostRead) return undefined;
    const [line, column] = linesOf(text)(from);
    const lines = text.slice(from, to).split('\n');
    const length = text.length + (lines.length - 1) * column;
    if (length > written.length * mostTimes + mostMore) return undefined;
    for (let below = line + 1; below < line + lines.length; below += 1)
      put.set(below, (put.get(below) ?? 0) + column);
    text = text.slice(0, from) + lines.join(`\n${' '.repeat(column)}`) + text.slice(to);
  }
  if (put.size === 0) return undefined;
  const placeOf = linesOf(text);
  const starts = [0, ...[...written.matchAll(/\n/g)].map(({ index }) => index + 1)];
  return {
    text,
    offsetOf(at) {
      const [line, column] = placeOf(at);
      return (starts[line - 1] ?? 0) + Math.max(0, column - 1 - (put.get(line) ?? 0));
    },
  };
};
