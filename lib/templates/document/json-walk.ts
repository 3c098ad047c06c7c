import { behindText, behindWhite, white } from '../../support/json-keys.ts';
import type { Path } from './document.ts';

const token = /[\s,:]*("[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]]|[^\s,:{}[\]"]+)/gsy;

/** The first key that its object has already, with its offset, in a JSON text that is known to be one. */
export const duplicateIn = (
  text: string,
): { readonly key: string; readonly at: number; readonly first: number } | undefined => {
  // The keys of what is open, of a list none.
  const open: (Map<string, number> | undefined)[] = [];
  let awaitsKey = false;
  token.lastIndex = 0;
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const [, word = ''] = found;
    const keys = open.at(-1);
    if (awaitsKey && keys && word !== '}') {
      const key = String(JSON.parse(word));
      const at = token.lastIndex - word.length;
      const first = keys.get(key);
      if (first !== undefined) return { key, at, first };
      keys.set(key, at);
      awaitsKey = false;
      continue;
    }
    if (word === '{') open.push(new Map());
    else if (word === '[') open.push(undefined);
    else if (word === '}' || word === ']') open.pop();
    awaitsKey = open.at(-1) !== undefined;
  }
  return undefined;
};

/** From where to where a part stands, its key with it. */
interface Span {
  readonly from: number;
  /** Where its value begins. */
  readonly value: number;
  readonly to: number;
  /** The parts of it, once they were asked for. */
  members?: ReadonlyMap<string | number, Span>;
}

const marks = { quote: 34, comma: 44, open: 91, close: 93, openMap: 123, closeMap: 125 };
/** Behind the value that begins at an offset. */
const behindValue = (text: string, from: number): number => {
  let depth = 0;
  for (let at = from; at < text.length; ) {
    const code = text.charCodeAt(at);
    // White space and what parts members, which are half of a file: inside of a value nothing hangs on it.
    if (depth > 0 && code < marks.open && code !== marks.quote) {
      at += 1;
      continue;
    }
    if (code === marks.quote) {
      at = behindText(text, at);
      if (depth === 0) return at;
      continue;
    }
    if (code === marks.open || code === marks.openMap) depth += 1;
    else if (code === marks.close || code === marks.closeMap) {
      // The end of a number is the end of what it is in.
      if (depth === 0) return at;
      depth -= 1;
      if (depth === 0) return at + 1;
    } else if (depth === 0 && (code === marks.comma || white(code))) return at;
    at += 1;
  }
  return text.length;
};

/** The members of the object or list in a span; a span begins at its key, where it has one. */
const membersIn = (text: string, span: Span): ReadonlyMap<string | number, Span> => {
  const members = new Map<string | number, Span>();
  const at = span.value;
  const isMap = text.charCodeAt(at) === marks.openMap;
  if (!isMap && text.charCodeAt(at) !== marks.open) return members;
  let index = 0;
  for (let next = behindWhite(text, at + 1); next < span.to - 1; ) {
    const from = next;
    let step: string | number = index;
    let value = from;
    if (isMap) {
      const behind = behindText(text, from);
      step = String(JSON.parse(text.slice(from, behind)));
      value = behindWhite(text, behindWhite(text, behind) + 1);
    }
    const to = behindValue(text, value);
    if (!members.has(step)) members.set(step, { from, value, to });
    index += 1;
    next = behindWhite(text, to);
    if (text.charCodeAt(next) === marks.comma) next = behindWhite(text, next + 1);
  }
  return members;
};

const wholeOf = (text: string): Span => {
  const value = behindWhite(text, 0);
  // Nothing but white space stands behind it.
  return { from: 0, value, to: text.trimEnd().length };
};

/** Tells the offsets of the part at a path, or of what is nearest above it; no part is gone over twice. */
export const spansIn = (text: string): ((path: Path) => Readonly<Span>) => {
  let whole: Span | undefined;
  return (path) => {
    whole ??= wholeOf(text);
    let at = whole;
    for (const step of path) {
      at.members ??= membersIn(text, at);
      const next = at.members.get(step);
      if (!next) break;
      at = next;
    }
    return at;
  };
};
