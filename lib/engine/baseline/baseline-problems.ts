import type { z } from 'zod';
import { didYouMean } from '../../support/nearest.ts';
import type { Path, Source } from './baseline-yaml.ts';

type Issue = z.core.$ZodIssue;

const short = (text: string, length: number) =>
  text.length > length ? `${text.slice(0, length)}…` : text;
const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((inner, key) => Reflect.get(Object(inner), key), value);
/** People count from 1. */
const keyAt = (path: Path) =>
  path.map((key) => String(typeof key === 'number' ? key + 1 : key)).join('.') || 'the file';

const wrongValue = (source: Source, { path, message }: Issue): string => {
  const value = valueAt(source.value, path);
  const got = value === undefined ? 'missing' : short(JSON.stringify(value), 60);
  return `${source.at(path)}: ${keyAt(path)} is ${got}; ${short(message, 200)}`;
};

const unknownKey = (source: Source, { path, message }: Issue, key: string): string => {
  const known = message.replace('allowed: ', '').split(', ');
  const hint = didYouMean(key, known, short(message, 240));
  return `${source.at([...path, key])}: ${keyAt([...path, key])} is not known; ${hint}`;
};

/** One line for each thing that is wrong: where it stands, what it is, what is allowed. */
export const problemsIn = (source: Source, issues: readonly Issue[]): string[] =>
  issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => unknownKey(source, issue, key))
      : [wrongValue(source, issue)],
  );
