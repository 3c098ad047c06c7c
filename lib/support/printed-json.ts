import { commandAnywhere } from './harmless.ts';

/** Of JSON what gives no log a command. No part of a text that JSON puts together goes over its ends. */
export const withoutCommands = (json: string): string =>
  json.replaceAll(commandAnywhere, '\\u0023#');

/** A value as JSON that says the same, and gives the log of a pipeline no command by what somebody else wrote. */
export const printedJson = (value: unknown, indent: number | undefined = 2): string =>
  withoutCommands(JSON.stringify(value, undefined, indent));

const isMany = (value: unknown): value is Iterable<unknown> =>
  typeof value === 'object' && value !== null && Symbol.iterator in value;

/** As it stands in so many lists, one in the other. */
const textIn = (depth: number, value: unknown): string => {
  let whole = value;
  for (let n = 0; n < depth; n += 1) whole = [whole];
  const text = JSON.stringify(whole, undefined, 2) ?? 'null';
  // Of each list its bracket, and a line that is indented by two more.
  return text.slice(depth * (depth + 3), text.length - depth * (depth + 1));
};

/** How deep objects are told a key at a time. */
const mostDepth = 2;

/**
 * What `JSON.stringify(value, undefined, 2)` says, an element of its long lists at a time. A list may be any iterable: its
 * elements can be made as they are asked for.
 */
export function* jsonPieces(value: unknown, depth = 0): Generator<string> {
  const indent = '  '.repeat(depth);
  let isFirst = true;
  const begin = (open: string): string => {
    const before = isFirst ? open : ',';
    isFirst = false;
    return `${before}\n${indent}  `;
  };
  if (isMany(value)) {
    for (const one of value) yield begin('[') + textIn(depth + 1, one);
    yield isFirst ? '[]' : `\n${indent}]`;
  } else if (depth < mostDepth && typeof value === 'object' && value !== null) {
    for (const [key, own] of Object.entries(value)) {
      if (own === undefined) continue;
      yield `${begin('{')}${JSON.stringify(key)}: `;
      yield* jsonPieces(own, depth + 1);
    }
    yield isFirst ? '{}' : `\n${indent}}`;
  } else yield textIn(depth, value);
}
