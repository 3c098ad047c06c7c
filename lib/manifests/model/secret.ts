import { isOpen } from './image.ts';

const secretNames =
  /(?:^|[_.-])(?:PASS(?:WORD|WD|PHRASE)?|PWD|SECRET(?:[_-]?KEY)?|(?:API|AUTH|ACCESS|BEARER|REFRESH|SESSION|BOT)?[_-]?TOKEN|(?:API|ACCESS|ACCOUNT|PRIVATE|ENCRYPTION|SIGNING|MASTER|LICENSE)[_-]?KEY|CREDENTIALS?|CONNECTION[_-]?STRING)(?:[_-]?(?:ID|\d+|B64|BASE64|VALUE))?$/i;
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
/** A path, a placeholder, a reference to a vault, a switch. */
const noSecrets =
  /^(?:\/[^\s]*|<[^>]*>|(?:vault|ref\+\w+|secretref|arn|file|env|sm|ssm):.*|true|false|yes|no|null|none|-?\d{1,3})$/i;

const mostLooked = 20_000;

/** `apiKey` as `API_KEY`. */
const inCapitals = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2');

/** Whether a value that is written under a name is a secret in plain text. */
export const isSecret = (name: string, value: string): boolean => {
  const text = value.trim().slice(0, mostLooked);
  if (text === '' || isOpen(text)) return false;
  if (secretValues.some((pattern) => pattern.test(text))) return true;
  const named = inCapitals(name);
  return secretNames.test(named) && !aboutSecrets.test(named) && !noSecrets.test(text);
};
