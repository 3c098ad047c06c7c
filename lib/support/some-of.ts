import { plural } from './plural.ts';

/** How many of several texts are named. */
const most = 5;
/** `a and b`; of many the first ones, and how many more there are. */
export const someOf = (texts: readonly string[]): string => {
  const more = texts.length - most;
  const named = more > 1 ? [...texts.slice(0, most), plural(more, 'other')] : texts;
  return named.join(' and ');
};
