import { plainly } from '../templates/document/plainly.ts';
import type { Format, Recognised } from './check/format.ts';
import { recognised as compose } from './compose/recognised.ts';
import { recognised as dockerfile } from './dockerfile/recognised.ts';
import { recognised as kubernetes } from './kubernetes/recognised.ts';

/** A kind of file, and how what reads it is loaded. */
interface Kind extends Recognised {
  format(): Promise<Format>;
}
/** The kinds of file that are read; the first that knows a text takes it. */
export const kinds: readonly Kind[] = [
  { ...kubernetes, format: async () => (await import('./kubernetes/format.ts')).kubernetes },
  { ...compose, format: async () => (await import('./compose/format.ts')).compose },
  { ...dockerfile, format: async () => (await import('./dockerfile/format.ts')).dockerfile },
];
/** The first kind that knows a text as it is written, or with its escapes read. */
export const knowing = <K extends Recognised>(
  all: readonly K[],
  path: string,
  text: string,
): K | undefined => {
  const ofText = (said: string) => all.find((kind) => kind.recognises(path, said));
  return ofText(text) ?? ofText(plainly(text));
};
export const allFormats = async (): Promise<readonly Format[]> => {
  const formats: Format[] = [];
  for (const kind of kinds) formats.push(await kind.format());
  return formats;
};
