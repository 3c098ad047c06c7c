import { visible } from '../visible.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** What is markup already; nothing else enters a page as such. */
export interface Markup {
  readonly markup: string;
}
type Part = string | number | Markup | readonly Part[];

/** A text as text, also between quotes of an attribute. */
export const escaped = (text: string): string =>
  visible(text).replaceAll(/[&<>"']/g, (one) => entities[one] ?? one);

const markupOf = (part: Part): string => {
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  return 'markup' in part ? part.markup : part.map(markupOf).join('');
};

/** Markup with values in it; each that is a text is shown as that text. */
export const html = (texts: TemplateStringsArray, ...parts: readonly Part[]): Markup => ({
  markup: texts
    .map((text, index) => {
      const part = parts[index];
      return text + (part === undefined ? '' : markupOf(part));
    })
    .join(''),
});
export const nothing: Markup = { markup: '' };
