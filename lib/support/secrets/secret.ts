import { isOpen, literalIn, type ReadAs } from './open-text.ts';

/** Words that tell of a secret whatever stands before them, as in PGPASSWORD. */
const telling = 'PASSWORDS?|PASSWD|PASSPHRASE|SECRET|(?:API|SECRET)[_-]?KEY|TOKEN';
/** Words that do so alone, or with one of these before them. */
const whole =
  '(?:DB|MYSQL|PG|SQL|SMTP|LDAP|ADMIN|ROOT|USER)?(?:PASS|PWD)|(?:ACCESS|ACCOUNT|BATCH|STORAGE|PRIVATE|ENCRYPTION|SIGNING|MASTER|LICENSE|SHARED)[_-]?KEY|PSK|SECRET[_-]?KEY[_-]?BASE|CREDENTIALS?|CONNECTION[_-]?STRING|KEY[_-]CONTENT|REDIS(?:CLI)?[_-]AUTH|NPM_CONFIG__AUTH|DOCKER_AUTH_CONFIG';
const secretNames = new RegExp(
  `(?:(?:${telling})|(?:^|[_.-])(?:${whole}))(?:[_-]?(?:ID|\\d+|B64|BASE64|VALUE|STRING|BINARY))?$`,
  'i',
);
/** Names that tell of a secret, and hold none: where it lies, how it is called, how long it lasts. */
const aboutSecrets =
  /(?:(?:KMS|MASTER)_KEY_ID|FILE|PATH|DIR|URL|URI|NAME|HOST|PORT|TTL|LENGTH|EXPIR\w*|TIMEOUT|SECONDS|POLICY|TYPE|ENABLED?|REF|HEADER|ISSUER|AUDIENCE)$/i;
/** What is a secret whatever it is called; the forms of keys are those that https://github.com/gitleaks/gitleaks looks for. */
const secretValues = [
  /\b(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/,
  /\bABSK[A-Za-z0-9+/]{100,}/,
  /-{3,5}BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY/,
  /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_\w{20,})/,
  /\bgl(?:pat|dt|rt|ptt)-[\w-]{20,}/,
  /\b(?:xox[abeprs]|xapp-\d)-[A-Za-z0-9-]{10,}/,
  /\bhooks\.slack\.com\/(?:services|workflows|triggers)\/[A-Za-z0-9+/]{20,}/,
  // It stops where the next could begin: a text that begins a thousand of them is read once.
  /\beyJ(?:\w|-(?!eyJ)){10,}\.eyJ[\w-]{10,}\./,
  /\b[sr]k_(?:live|prod)_[A-Za-z0-9]{16,}/,
  /\bAIza[\w-]{35}(?![\w-])/,
  /\bsk-(?:ant-|proj-|svcacct-|admin-)[\w-]{20,}/,
  /\bsk-[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}/,
  /\bSG\.[\w-]{16,32}\.[\w-]{32,64}(?![\w-])/,
  /\b(?:npm_[A-Za-z0-9]{36}|pypi-AgEIcHlwaS5vcmc[\w-]{50,}|hf_[A-Za-z]{34}|dckr_pat_[\w-]{20,})/,
  /\b(?:dop_v1_[a-f0-9]{64}|dapi[a-f0-9]{32}|hvs\.[\w-]{24,}|glsa_[A-Za-z0-9]{32}_[A-Fa-f0-9]{8}|shpat_[a-fA-F0-9]{32})/,
  /\bAGE-SECRET-KEY-1[A-Z0-9]{58}/,
  /\b(?:Bearer|Basic) [A-Za-z0-9+/._~-]{16,}/,
  /\bAccountKey=[A-Za-z0-9+/]{20,}/i,
  // In an address: who is known by a token has no name before it.
  /\b[a-z][a-z0-9+.-]{0,30}:\/\/[^\s:/@]{0,200}:[^\s:/@$<{]{1,200}@/i,
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

/** What a template can hold at most. */
const mostLooked = 1_000_000;

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

/** Whether a name tells of a secret, and not only of where it lies or how long it lasts. */
export const isSecretName = (name: string): boolean => {
  // What tells stands at the end; nobody's name is longer.
  const named = inCapitals(name.slice(-1000));
  return secretNames.test(named) && !aboutSecrets.test(named);
};

/** Whether a value can be one: it is no placeholder, reference, switch or path. */
export const canBeSecret = (value: string): boolean => !noSecrets.test(value) && !isPath(value);

/** What is put in later, where it stands in a text: no key and no password in an address has it. */
const later = '<>';
const emptyKey = /-{3,5}BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-{3,5}(?=\s*<>)/g;
/** Some letters and digits in one, or more of them than a word has: a name of a program or of a place is shorter. */
const likePassword = (word: string): boolean =>
  word.length >= 16 || (word.length >= 8 && /\d/.test(word) && /[A-Za-z]/.test(word));

/**
 * Whether a text is put in later. Beside what is put in a word may stand, such as `Bearer` or a host, and no secret.
 * @param as how it is read. @default - as values
 */
export const isPutInLater = (text: string, as?: ReadAs): boolean => {
  if (!isOpen(text, as)) return false;
  const marked = literalIn(text, as, later).replaceAll('$', '_').replace(emptyKey, '');
  return (
    !hasSecretValue(marked) &&
    !literalIn(text, as)
      .split(/[\s:/@.,;=&?|"'()[\]{}<>_-]+/)
      .some(likePassword)
  );
};

/**
 * Whether a value that is written under a name is a secret in plain text.
 * @param as how it is read. @default - as values
 */
export const isSecret = (name: string, value: string, as?: ReadAs): boolean => {
  const text = value.trim().slice(0, mostLooked);
  if (text === '' || isPutInLater(text, as)) return false;
  // In what is known now a dollar is a character as any other, also in an address.
  if (hasSecretValue(isOpen(text, as) ? text : text.replaceAll('$', '_'))) return true;
  return isSecretName(name) && canBeSecret(text);
};
