import { UserError } from '../../support/user-error.ts';
import { type Document, linesOf, rangeBetween } from './document.ts';
import { spansIn, walkJson } from './json-walk.ts';

/** What writes larger ones, such as the CDK, writes no key twice. */
const mostLookedThrough = 4_000_000;

const refuseDuplicates = (text: string, file: string): void => {
  if (text.length > mostLookedThrough) return;
  walkJson(text, {
    value: () => undefined,
    duplicate(key, at) {
      const [line, column] = linesOf(text)(at);
      throw new UserError(`${file}:${line}:${column}: the key ${key} stands there already`);
    },
  });
};

/** Throws a SyntaxError for what is no JSON. */
export const readJson = (text: string, file: string): Document => {
  const tree: unknown = JSON.parse(text);
  refuseDuplicates(text, file);
  let placeOf: ReturnType<typeof linesOf> | undefined;
  const spanOf = spansIn(text);
  return {
    file,
    text,
    tree,
    rangeOf(path) {
      placeOf ??= linesOf(text);
      const { from, to } = spanOf(path);
      return rangeBetween(placeOf, from, to);
    },
    rangeFrom(offset) {
      placeOf ??= linesOf(text);
      return rangeBetween(placeOf, offset, offset);
    },
  };
};
