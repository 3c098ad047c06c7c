import { plural } from './plural.ts';

/** How many are named where something rests on several. */
const most = 5;
/** `a and b`; of many the first ones, and how many more there are. */
export const someOf = (texts: readonly string[]): string => {
  const more = texts.length - most;
  const named = more > 1 ? [...texts.slice(0, most), plural(more, 'other')] : texts;
  return named.join(' and ');
};
