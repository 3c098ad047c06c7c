const marks = { quote: 34, colon: 58, escape: 92 };

const isEscaped = (text: string, at: number): boolean => {
  let slashes = 0;
  while (text.charCodeAt(at - 1 - slashes) === marks.escape) slashes += 1;
  return slashes % 2 === 1;
};

/** Behind the text of JSON that begins at an offset. */
export const behindText = (text: string, from: number): number => {
  let at = from;
  do at = text.indexOf('"', at + 1);
  while (isEscaped(text, at));
  return at + 1;
};

export const isWhite = (code: number): boolean => code <= 32;
export const behindWhite = (text: string, from: number): number => {
  let at = from;
  while (at < text.length && isWhite(text.charCodeAt(at))) at += 1;
  return at;
};

/** How many keys a JSON text writes, by its strings alone. */
export const keysWritten = (text: string): number => {
  let count = 0;
  for (let at = text.indexOf('"'); at !== -1; ) {
    // White space may stand before the colon.
    const next = behindWhite(text, behindText(text, at));
    if (text.charCodeAt(next) === marks.colon) count += 1;
    at = text.indexOf('"', next);
  }
  return count;
};
