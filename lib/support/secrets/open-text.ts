/**
 * How a text is read before somebody has its value. Compose and Dockerfiles take `$NAME` and `${NAME}` wherever they stand.
 * Nobody does so in the `values` of Kubernetes, of ECS and of files of settings: Kubernetes takes `$(NAME)` alone, and what
 * renders such a file before, as envsubst does, is written as `${NAME}`, `{{ name }}`, or `$NAME` as a word of its own.
 * https://docs.docker.com/reference/compose-file/interpolation/
 * https://docs.docker.com/reference/dockerfile/#environment-replacement
 * https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/
 */
export type ReadAs = 'compose' | 'dockerfile' | 'values';

/** Of `${NAME:-default}` the default stays. Names are short: what does not end is not gone through for each that begins. */
const braced = /\$\{[^}:?+-]{0,200}(?:::\w{1,100}){0,9}(?::?[-=+?]([^}]*))?\}/g;
const inRound = /\$\([^)]*\)/g;
const inBraces = /\{\{[^{}]*\}\}/g;
/** Replaces what ends with a character, as far as there is one: a search for an end that is missing takes the square of the time. */
const replacedUpTo = (end: string, text: string, found: RegExp, instead: string): string => {
  const at = text.lastIndexOf(end) + 1;
  return text.slice(0, at).replace(found, instead) + text.slice(at);
};
const names: Readonly<Record<ReadAs, RegExp>> = {
  compose: /\$[A-Za-z_]\w*/g,
  dockerfile: /\$[A-Za-z_]\w*/g,
  values: /(?<![\w$])\$[A-Z_][A-Z0-9_]*(?!\w)/g,
};
/** A dollar that means itself. */
const escaped: Readonly<Record<ReadAs, RegExp>> = {
  compose: /\$\$/g,
  dockerfile: /\\\$/g,
  values: /\$\$(?=\()/g,
};

/** A character that no file has. */
const dollar = '\u0000';
const withoutEscapes = (text: string, as: ReadAs): string => text.replace(escaped[as], dollar);

/**
 * What of a text is written there, without what is put in later.
 * @param instead what stands in the place of that
 */
export const literalIn = (text: string, as: ReadAs = 'values', instead = ''): string => {
  const withDefaults = replacedUpTo('}', withoutEscapes(text, as), braced, `$1${instead}`);
  return replacedUpTo(')', withDefaults, inRound, instead)
    .replace(inBraces, instead)
    .replace(names[as], instead)
    .replaceAll(dollar, '$');
};

const opens = /\$[{(]|\{\{/;
/** Whether something in a text stands for a value that is put in later: by a shell, by compose, by Helm, by envsubst. */
export const isOpen = (text: string, as: ReadAs = 'values'): boolean => {
  if (!/\$|\{\{/.test(text)) return false;
  const sure = withoutEscapes(text, as);
  return opens.test(sure) || sure.search(names[as]) !== -1;
};
