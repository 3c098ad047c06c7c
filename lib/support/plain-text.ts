// Control characters, what turns the direction of writing or shows as nothing, line ends, and what a reader of markup
// would take for it.
const unplain = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>`|]/gu;

/** A text that somebody else chose, as data: on one line, without markup, at most `most` characters. */
export const plainText = (text: string, most: number): string =>
  text.slice(0, most).replace(unplain, '?');
