/** A text that stands for something, with what is written for it. */
export type Named = readonly [text: string, written: string];
export interface NamedPart {
  readonly text: string;
  readonly isNamed: boolean;
}

/** A name that stands there by itself, and no part of a longer one. */
const whole = (name: string): RegExp =>
  new RegExp(`(?<![\\w.-])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w.-])`);

/** Splits a text at the names in it; a named part has what is written for it. */
export const namedParts = (text: string, names: readonly Named[]): readonly NamedPart[] => {
  let parts: readonly NamedPart[] = [{ text, isNamed: false }];
  for (const [name, written] of names)
    parts = parts.flatMap((part) =>
      part.isNamed || !part.text.includes(name)
        ? [part]
        : part.text
            .split(whole(name))
            .flatMap((one, index) => [
              ...(index > 0 ? [{ text: written, isNamed: true }] : []),
              { text: one, isNamed: false },
            ]),
    );
  return parts.filter((part) => part.text !== '');
};
