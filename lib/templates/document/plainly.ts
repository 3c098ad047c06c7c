const escapes = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|\r?\n[ \t]*)/g;

/**
 * A text with what words are made of written as it is: `"\u0052esources"` is a key as any other to whoever reads JSON or YAML. What a
 * file is, is told by its text before it is read.
 */
export const plainly = (text: string): string =>
  text.replace(escapes, (all, ...codes: readonly unknown[]) => {
    const code = codes.slice(0, 3).find((one) => typeof one === 'string');
    if (code === undefined) return '';
    const sign = String.fromCharCode(Number.parseInt(String(code), 16));
    return /^[\w:.-]$/.test(sign) ? sign : all;
  });
