/** Of Unicode's private use: a template has no such characters. */
const [from, to] = ['\ue000', '\ue001'];
const mark = new RegExp(`${from}(\\d+)${to}`);

/** The parts that functions join, as one text: a mark stands for each that is no text. */
export const withMarks = (parts: readonly unknown[]): string =>
  parts.map((part, at) => (typeof part === 'string' ? part : `${from}${at}${to}`)).join('');

export const isMarked = (text: string): boolean => mark.test(text);

/** The first part for which such a text has a mark. */
export const firstMarked = (text: string, parts: readonly unknown[]): unknown => {
  const [, at] = mark.exec(text) ?? [];
  return at === undefined ? undefined : parts[Number(at)];
};

/** What was read of such a text, as of JSON, with each part in the place of its mark. */
export const unmarked = (tree: unknown, parts: readonly unknown[]): unknown => {
  if (typeof tree === 'string') {
    if (!mark.test(tree)) return tree;
    const pieces = tree
      .split(mark)
      .map((piece, at) => (at % 2 === 0 ? piece : parts[Number(piece)]));
    const [only, ...more] = pieces.filter((one) => one !== '');
    return more.length === 0 ? only : { 'Fn::Join': ['', [only, ...more]] };
  }
  if (Array.isArray(tree)) return tree.map((one) => unmarked(one, parts));
  if (typeof tree !== 'object' || tree === null) return tree;
  return Object.fromEntries(Object.entries(tree).map(([key, one]) => [key, unmarked(one, parts)]));
};
