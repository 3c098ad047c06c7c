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

const kinds: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'a mapping',
  record: 'a mapping',
  string: 'a text',
};
/** What may stand there: as its schema says it, else by the kind of value that it takes. */
const ruleOf = (issue: Issue): string => {
  if (issue.code === 'invalid_type' && issue.message.startsWith('Invalid input'))
    return `allowed: ${kinds[issue.expected] ?? issue.expected}`;
  if (issue.code === 'too_small' && issue.message.startsWith('Too small: expected number'))
    return `allowed: ${issue.minimum} or more`;
  return issue.message;
};

const gotAt = (value: unknown, path: Path): string => {
  const got = valueAt(value, path);
  if (got === undefined) return 'missing';
  return path.length === 0 && got === null ? 'empty' : short(JSON.stringify(got), 60);
};

/** What is wrong with a value that was held to a schema: where in it, what stands there, what is allowed. */
export const problemIn = (value: unknown, issue: Issue): string =>
  `${keyAt(issue.path)} is ${gotAt(value, issue.path)}; ${short(ruleOf(issue), 200)}`;

const wrongValue = (source: Source, issue: Issue): string =>
  `${source.at(issue.path)}: ${problemIn(source.value, issue)}`;

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
