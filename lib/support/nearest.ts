import { distance } from 'fastest-levenshtein';

const sorted = (word: string): string => [...word].sort().join('');
/** Edits from one word to another; two letters that changed places are one. */
const farFrom = (word: string, known: string): number => {
  const edits = distance(word, known);
  return edits === 2 && sorted(word) === sorted(known) ? 1 : edits;
};

/** The word that somebody most likely meant; `undefined` where none is near. */
const nearest = (word: string, known: readonly string[]): string | undefined => {
  const lower = word.toLowerCase();
  const ranked = known
    .map((each) => ({ each, far: farFrom(lower, each.toLowerCase()) }))
    .sort((a, b) => a.far - b.far);
  const [best] = ranked;
  return best && best.far <= Math.max(1, Math.floor(word.length / 3)) ? best.each : undefined;
};

/** `did you mean scan?` where a word is near to one that is known; else what is said instead. */
export const didYouMean = (word: string, known: readonly string[], otherwise: string): string => {
  const near = nearest(word, known);
  return near === undefined ? otherwise : `did you mean ${near}?`;
};
