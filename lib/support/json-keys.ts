const backslash = 92;
const isEscaped = (text: string, at: number): boolean => {
  let slashes = 0;
  while (text.charCodeAt(at - 1 - slashes) === backslash) slashes += 1;
  return slashes % 2 === 1;
};
/** Behind the text that begins at an offset of JSON. */
export const behindText = (json: string, from: number): number => {
  let at = from;
  do at = json.indexOf('"', at + 1);
  while (json.charCodeAt(at - 1) === backslash && isEscaped(json, at));
  return at + 1;
};

export const white = (code: number): boolean => code <= 32;
export const behindWhite = (json: string, from: number): number => {
  let at = from;
  while (at < json.length && white(json.charCodeAt(at))) at += 1;
  return at;
};

const colon = 58;
/** How many keys a text writes that is known to be JSON, by its strings alone. */
export const keysIn = (json: string): number => {
  let count = 0;
  for (let at = json.indexOf('"'); at !== -1; ) {
    // White space may stand before the colon.
    const next = behindWhite(json, behindText(json, at));
    if (json.charCodeAt(next) === colon) count += 1;
    at = json.indexOf('"', next);
  }
  return count;
};
