import { visible } from '../visible.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** Parts that are made when the page is written, one at a time. */
type Later = () => Iterable<Markup>;
/** What is markup already; nothing else enters a page as such. */
export interface Markup {
  readonly markup: readonly (string | Later)[];
}
type Part = string | number | Markup | readonly Part[];

/** A text as text, also between quotes of an attribute. */
export const escaped = (text: string): string =>
  visible(text).replaceAll(/[&<>"']/g, (one) => entities[one] ?? one);

/** Adds what a part is to the end of what there is. */
const add = (to: (string | Later)[], part: Part | string, isText: boolean): void => {
  if (typeof part === 'string' || typeof part === 'number') {
    const said = typeof part === 'number' ? String(part) : isText ? escaped(part) : part;
    const last = to.at(-1);
    if (typeof last === 'string') to[to.length - 1] = last + said;
    else to.push(said);
  } else if ('markup' in part)
    for (const one of part.markup) {
      if (typeof one === 'string') add(to, one, false);
      else to.push(one);
    }
  else for (const one of part) add(to, one, true);
};

/** Markup with values in it; each that is a text is shown as that text. */
export const html = (texts: TemplateStringsArray, ...parts: readonly Part[]): Markup => {
  const markup: (string | Later)[] = [];
  texts.forEach((text, index) => {
    add(markup, text, false);
    const part = parts[index];
    if (part !== undefined) add(markup, part, true);
  });
  return { markup };
};
export const nothing: Markup = { markup: [] };
/** A text of ours that is markup. */
export const raw = (text: string): Markup => ({ markup: [text] });
/** One for each, made when the page is written: many of them never stand side by side in memory. */
export const each = <T>(items: readonly T[], make: (item: T) => Markup): Markup => ({
  markup: [
    function* () {
      for (const item of items) yield make(item);
    },
  ],
});

/** The text of markup, in pieces. */
export function* piecesOf({ markup }: Markup): Generator<string> {
  for (const one of markup)
    if (typeof one === 'string') yield one;
    else for (const part of one()) yield* piecesOf(part);
}
