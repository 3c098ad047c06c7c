import { isOpen } from './image.ts';

/** Words that tell of a secret whatever stands before them, as in PGPASSWORD. */
const telling = 'PASSWORD|PASSWD|PASSPHRASE|SECRET|(?:API|SECRET)[_-]?KEY|TOKEN';
/** Words that do so alone, or with one of these before them. */
const whole =
  '(?:DB|MYSQL|PG|SQL|SMTP|LDAP|ADMIN|ROOT|USER)?(?:PASS|PWD)|(?:ACCESS|ACCOUNT|BATCH|STORAGE|PRIVATE|ENCRYPTION|SIGNING|MASTER|LICENSE)[_-]?KEY|SECRET[_-]?KEY[_-]?BASE|CREDENTIALS?|CONNECTION[_-]?STRING|REDIS(?:CLI)?[_-]AUTH|NPM_CONFIG__AUTH|DOCKER_AUTH_CONFIG';
const secretNames = new RegExp(
  `(?:(?:${telling})|(?:^|[_.-])(?:${whole}))(?:[_-]?(?:ID|\\d+|B64|BASE64|VALUE))?$`,
  'i',
);
/** Names that tell of a secret, and hold none: where it lies, how it is called, how long it lasts. */
const aboutSecrets =
  /(?:FILE|PATH|DIR|URL|URI|NAME|HOST|PORT|TTL|LENGTH|EXPIR\w*|TIMEOUT|SECONDS|POLICY|TYPE|ENABLED?|REF|HEADER|ISSUER|AUDIENCE)$/i;
/** What is a secret whatever it is called. */
const secretValues = [
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  /-{3,5}BEGIN (?:[A-Z]+ )?PRIVATE KEY/,
  /\bgh[pousr]_[A-Za-z0-9]{36,}\b/,
  /\bxox[abprs]-[A-Za-z0-9-]{10,}/,
  /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\./,
  /\b(?:sk|rk)_live_[A-Za-z0-9]{16,}/,
  /\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s:/@]{1,200}:[^\s:/@$<{]{1,200}@/i,
];
/** A placeholder, a reference to a vault, a switch. */
const noSecrets =
  /^(?:<[^>]*>|(?:vault|ref\+\w+|secretref|arn|file|env|sm|ssm):.*|true|false|yes|no|null|none|-?\d{1,3})$/i;
/** A path begins with a folder in small letters, or has no part that mixes small and large letters with digits, as keys do. */
const isPath = (text: string): boolean =>
  /^\/[a-z][a-z0-9._-]*\/[^\s+=]*$/.test(text) ||
  (/^(?:\/[\w.@~-]*)+$/.test(text) &&
    text
      .split('/')
      .every((part) => !(/[a-z]/.test(part) && /[A-Z]/.test(part) && /\d/.test(part))));

const mostLooked = 20_000;

/** `apiKey` as `API_KEY`. */
const inCapitals = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2');

/** Whether a text has in it what is a secret whatever it is called. */
export const hasSecretValue = (text: string): boolean =>
  secretValues.some((pattern) => pattern.test(text.slice(0, mostLooked)));

/** A line of a file of settings: `NAME=value`; of one in YAML only what is called a password. */
const assignment =
  /^[ \t]*(?:export[ \t]+)?(?:([\w.-]+)[ \t]*=|["']?([\w.-]*pass(?:word|wd|phrase))["']?[ \t]*:)[ \t]*(\S.*)$/gim;

/** The names that a text of several lines gives secrets to. */
export const secretsAssignedIn = (text: string): readonly string[] =>
  [...text.slice(0, mostLooked).matchAll(assignment)].flatMap(([, name, word, value = '']) => {
    const named = name ?? word ?? '';
    return isSecret(named, value.trim().replace(/^(["'])(.*)\1[;,]?$/, '$2')) ? [named] : [];
  });

/** Whether a value that is written under a name is a secret in plain text. */
export const isSecret = (name: string, value: string): boolean => {
  const text = value.trim().slice(0, mostLooked);
  if (text === '' || isOpen(text)) return false;
  if (hasSecretValue(text)) return true;
  const named = inCapitals(name);
  return (
    secretNames.test(named) && !aboutSecrets.test(named) && !noSecrets.test(text) && !isPath(text)
  );
};
