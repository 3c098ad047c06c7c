import { hasSecretValue, isSecret } from './secret.ts';

/** What stands for a value, or is changed by hand: a variable, a pattern, a placeholder. */
const isPlain = (value: string): boolean =>
  value !== '' &&
  !/[$`*\\%<>]|^[-.]|^id=|\{\{/.test(value) &&
  !/^(?:dummy|placeholder|fake|unused|precompile)/i.test(value) &&
  // A file of it is no secret.
  !/\.(?:pem|key|crt|json|txt|ya?ml|conf|cfg|env)$/i.test(value);

const unquoted = (text: string): string => text.replaceAll(/^["']|["']$/g, '');
/** A value of a shell; in single quotes a dollar within a word means itself. */
const valueIn = (said: string): string => {
  const value = unquoted(said);
  return said.startsWith("'") ? value.replaceAll(/(?<=\w)\$/g, '_') : value;
};

const assigned = /(?<![\w$])([A-Za-z_][\w.-]{0,80})=("[^"\n]*"|'[^'\n]*'|[^\s;&|"'()]+)/g;
const optional = /(?:^|\s)--([A-Za-z][\w-]*)\s+("[^"\n]*"|'[^'\n]*'|[^\s;&|"'()]+)/g;
/** An option that says something about passwords and takes none. */
const saysOnly =
  /^(?:no|disabled?|without|empty|allow|use|ask|skip|enable|require|force|with|prompt|reset|generate)-/i;

const named = (script: string): readonly string[] => [
  ...[...script.matchAll(assigned)].flatMap(([, name = '', value = '']) =>
    isPlain(valueIn(value)) && isSecret(name, valueIn(value)) ? [name] : [],
  ),
  ...[...script.matchAll(optional)].flatMap(([, name = '', value = '']) =>
    !saysOnly.test(name) && isPlain(valueIn(value)) && isSecret(name, valueIn(value))
      ? [`--${name}`]
      : [],
  ),
];

/** Programs that take a password without its name. */
const programs: readonly (readonly [pattern: RegExp, what: string])[] = [
  [
    /\b(?:curl|wget)\b[^|;\n]{0,500}?\s(?:-\w*u|--user|--proxy-user|-U)(?:=|\s+)["']?[^\s:"'$]+:([^\s"']+)/,
    'the user of curl',
  ],
  [
    /\b(?:echo|printf)\s+(?:-\w+\s+)*["']?[\w.-]+:([^\s"'|:]+)["']?\s*\|\s*(?:sudo\s+)?(?:\/usr\/sbin\/)?chpasswd\b/,
    'chpasswd',
  ],
  [/\bchpasswd\b[^|;\n]{0,200}<<<\s*["']?[\w.-]+:([^\s"':]+)/, 'chpasswd'],
  [/\becho\s+["']?([^\s"'|]+)["']?\s*\|\s*(?:sudo\s+)?passwd\s+--stdin\b/, 'passwd'],
  [/\bsshpass\s+-p\s*["']?([^\s"']+)/, 'sshpass'],
  [/\b(?:mysql|mysqladmin|mysqldump|mariadb)\b[^|;\n]{0,500}?\s-p["']?([^\s"';&|]+)/, 'mysql'],
];

/** What a script gives in plain text, by what it is given to; never the secret itself. */
export const secretsIn = (script: string): readonly string[] => [
  ...new Set([
    ...named(script),
    ...programs.flatMap(([pattern, what]) => {
      const [, value] = pattern.exec(script) ?? [];
      return value !== undefined && isPlain(unquoted(value)) ? [what] : [];
    }),
    ...(hasSecretValue(script) ? ['the command'] : []),
  ]),
];
