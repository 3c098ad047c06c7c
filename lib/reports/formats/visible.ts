import { clip } from '../../support/clip.ts';

// Control characters, what turns the direction of writing or shows as nothing, line ends, and halves of characters.
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** A text that somebody else chose, on one line, with a mark for each character that does not show as itself. */
export const visible = (text: string, most = 400): string =>
  clip(text, most).replaceAll(unseen, '\uFFFD');
