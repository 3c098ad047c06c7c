import { Lexer } from 'yaml';
import type { Span } from './document.ts';

/** What the parts of a text stand between, and is no part of it: the next one is a text without quotes, or of several lines. */
const ofText = '\u001f';
const marks: ReadonlySet<string> = new Set([ofText, '\u0002', '\u0018']);

/** The comments of a text in YAML: a `#` in quotes, in a text of several lines or within a word begins none. */
export const yamlComments = (text: string): readonly Span[] => {
  const found: Span[] = [];
  let at = 0;
  let isText = false;
  for (const part of new Lexer().lex(text)) {
    const isMark: boolean = !isText && marks.has(part);
    if (!isText && part.startsWith('#')) found.push({ from: at, to: at + part.length });
    isText = isMark && part === ofText;
    if (!isMark) at += part.length;
  }
  return found;
};
