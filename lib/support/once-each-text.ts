/** How many answers are kept; then all are forgotten, so that no text stays for ever. */
const mostKept = 10_000;
/** In characters: a longer text is seldom found again, and is answered each time. */
const longestKept = 200;

/** Answers once for each text, where the same few stand in a file again and again. */
export const onceEachText = (answer: (text: string) => boolean): ((text: string) => boolean) => {
  const known = new Map<string, boolean>();
  return (text) => {
    if (text.length > longestKept) return answer(text);
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= mostKept) known.clear();
    const found = answer(text);
    known.set(text, found);
    return found;
  };
};
