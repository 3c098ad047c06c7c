import type { Span } from '../../document/document.ts';

export interface Attribute extends Span {
  readonly name: string;
  /** Of what stands behind `=`. */
  readonly value: Span;
}
export interface Block extends Span {
  readonly type: string;
  readonly labels: readonly string[];
  readonly attributes: readonly Attribute[];
  readonly blocks: readonly Block[];
}

const deepest = 60;
const space = /(?:\s|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const name = /[A-Za-z_][\w-]*/y;
const label = /[ \t]*(?:"((?:[^"\\\n]|\\.)*)"|([A-Za-z_][\w-]*))/y;
const heredoc = /<<[-~]?([A-Za-z_][\w-]*)(?![\w-])[^\n]*\n/y;
const openers = new Set(['(', '[', '{']);
const closers = new Set([')', ']', '}']);

const matched = (pattern: RegExp, text: string, at: number): RegExpExecArray | undefined => {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
};
/** Behind white space and comments. */
export const behindSpace = (text: string, at: number): number =>
  at + (matched(space, text, at)?.[0].length ?? 0);

/** Behind the quote that ends a text, which begins at `at`; what stands in `${}` has texts of its own. */
export const behindText = (text: string, at: number, depth = 0): number => {
  let next = at + 1;
  while (next < text.length) {
    const two = text.slice(next, next + 2);
    if (text[next] === '\\') next += 2;
    else if (two === '$$' || two === '%%') next += 2;
    else if (two === '${' || two === '%{') next = behindBraces(text, next + 2, depth + 1);
    else if (text[next] === '"' || text[next] === '\n') return next + 1;
    else next += 1;
  }
  return next;
};
const behindBraces = (text: string, at: number, depth: number): number => {
  let [next, open] = [at, 1];
  while (next < text.length && open > 0) {
    if (text[next] === '"' && depth < deepest) next = behindText(text, next, depth);
    else {
      if (text[next] === '{') open += 1;
      if (text[next] === '}') open -= 1;
      next += 1;
    }
  }
  return next;
};

/** Behind a heredoc that begins at `at`, whose last line is its mark; `undefined` where none begins. */
export const behindHeredoc = (text: string, at: number): number | undefined => {
  const found = matched(heredoc, text, at);
  if (!found) return undefined;
  const end = new RegExp(`^[ \\t]*${found[1]}[ \\t]*\\r?$`, 'gm');
  end.lastIndex = at + found[0].length;
  const last = end.exec(text);
  return last ? last.index + last[0].length : text.length;
};

const toLineEnd = /(?:#|\/\/)[^\n]*/y;
const toItsEnd = /\/\*[\s\S]*?(?:\*\/|$)/y;
/** The comments of a text: what looks like one in quotes or in a heredoc is none. */
export const commentsIn = (text: string): readonly Span[] => {
  const found: Span[] = [];
  let at = 0;
  while (at < text.length) {
    const comment = (matched(toLineEnd, text, at) ?? matched(toItsEnd, text, at))?.[0];
    if (comment !== undefined) found.push({ from: at, to: at + comment.length });
    if (comment !== undefined) at += comment.length;
    else if (text[at] === '"') at = behindText(text, at);
    else at = behindHeredoc(text, at) ?? at + 1;
  }
  return found;
};

/** Where an expression ends: at the end of its line, unless a bracket is open. */
const behindExpression = (text: string, at: number): number => {
  let [next, open] = [at, 0];
  while (next < text.length) {
    const one = text[next] ?? '';
    const two = text.slice(next, next + 2);
    const doc = two === '<<' ? behindHeredoc(text, next) : undefined;
    if (doc !== undefined) next = doc;
    else if (one === '"') next = behindText(text, next);
    else if (one === '#' || two === '//' || two === '/*') {
      if (open === 0 && two !== '/*') return next;
      next = Math.max(behindSpace(text, next), next + 1);
    } else if (one === '\n' && open === 0) return next;
    else if (closers.has(one) && open === 0) return next;
    else {
      if (openers.has(one)) open += 1;
      if (closers.has(one)) open -= 1;
      next += 1;
    }
  }
  return next;
};

interface Body {
  readonly attributes: Attribute[];
  readonly blocks: Block[];
  readonly to: number;
}
const lineEnd = (text: string, at: number): number => {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
};

const bodyOf = (text: string, from: number, depth: number): Body => {
  const attributes: Attribute[] = [];
  const blocks: Block[] = [];
  let at = behindSpace(text, from);
  while (at < text.length && text[at] !== '}') {
    const found = matched(name, text, at)?.[0];
    const behind = found === undefined ? at : at + found.length;
    const sign = /[ \t]*=(?!=)/y;
    const isSet = found !== undefined && matched(sign, text, behind) !== undefined;
    if (found !== undefined && isSet) {
      const start = behindSpace(text, sign.lastIndex);
      const to = behindExpression(text, start);
      attributes.push({ name: found, from: at, to, value: { from: start, to } });
      at = to;
    } else {
      const block = found === undefined ? undefined : blockAt(text, at, found, depth);
      if (block) blocks.push(block);
      // What is not understood ends with its line.
      at = block?.to ?? Math.max(lineEnd(text, at), at + 1);
    }
    at = behindSpace(text, at);
  }
  return { attributes, blocks, to: Math.min(at + 1, text.length) };
};

const blockAt = (text: string, from: number, type: string, depth: number): Block | undefined => {
  const labels: string[] = [];
  let at = from + type.length;
  for (let found = matched(label, text, at); found; found = matched(label, text, at)) {
    labels.push(found[1] ?? found[2] ?? '');
    at += found[0].length;
  }
  at = behindSpace(text, at);
  if (text[at] !== '{' || depth > deepest) return undefined;
  const { attributes, blocks, to } = bodyOf(text, at + 1, depth + 1);
  return { type, labels, attributes, blocks, from, to };
};

/** The blocks of a file in HCL. What it does not understand it passes over: it finds places, and refuses nothing. */
export const blocksIn = (text: string): readonly Block[] => bodyOf(text, 0, 0).blocks;
