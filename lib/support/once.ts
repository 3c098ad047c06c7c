/** Made once for each process, when first asked for; made again where that failed. */
export const once = <Asked extends readonly unknown[], Made>(
  make: (...asked: Asked) => Promise<Made>,
): ((...asked: Asked) => Promise<Made>) => {
  let made: Promise<Made> | undefined;
  return (...asked) => {
    made ??= make(...asked).catch((error: unknown) => {
      made = undefined;
      throw error;
    });
    return made;
  };
};

/** What is worked out when it is first asked for, and once; also what is thrown then. */
export const kept = <T>(make: () => T): (() => T) => {
  let found: (() => T) | undefined;
  return () => {
    if (!found)
      try {
        const made = make();
        found = () => made;
      } catch (error) {
        found = () => {
          throw error;
        };
      }
    return found();
  };
};

/** Answers once for each object, however many share it, and forgets the answer with it. */
export const onceEach = <T extends object, V>(answer: (one: T) => V): ((one: T) => V) => {
  const known = new WeakMap<T, { readonly answer: V }>();
  return (one) => {
    const before = known.get(one);
    if (before) return before.answer;
    const made = answer(one);
    known.set(one, { answer: made });
    return made;
  };
};

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
