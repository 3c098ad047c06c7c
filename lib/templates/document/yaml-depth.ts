import { type CST, Parser } from 'yaml';

/** Whether the brackets of a text alone, or what stands before the first word of a line, can nest deeper. Cheap: most texts can not. */
const canNest = (text: string, deepest: number): boolean => {
  let [open, most] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 91 || code === 123) most = Math.max(most, ++open);
    else if ((code === 93 || code === 125) && open > 0) open -= 1;
  }
  if (most > deepest) return true;
  return text
    .split('\n')
    .some((line) => line.length > deepest && line.search(/[^\s?:-]/) > deepest);
};

const partsOf = (token: CST.Token): readonly CST.Token[] => {
  if (token.type === 'document') return token.value ? [token.value] : [];
  if (!('items' in token)) return [];
  const items: readonly CST.CollectionItem[] = token.items;
  return items.flatMap(({ key, value }) => [...(key ? [key] : []), ...(value ? [value] : [])]);
};

/**
 * Where a text of YAML nests deeper than this; `undefined` where it does not. The parser of its tokens keeps no stack, and is
 * asked before what makes nodes of them, which calls itself for each level: close to the end of the stack V8 does not throw
 * where it has to compile a pattern, but ends the process.
 */
export const tooDeepAt = (text: string, deepest: number): number | undefined => {
  if (!canNest(text, deepest)) return undefined;
  const open: (readonly [CST.Token, number])[] = [];
  for (const token of new Parser().parse(text)) open.push([token, 0]);
  for (let next = open.pop(); next; next = open.pop()) {
    const [token, depth] = next;
    if (depth > deepest) return 'offset' in token ? token.offset : 0;
    for (const part of partsOf(token)) open.push([part, depth + 1]);
  }
  return undefined;
};
