import { literalIn } from './open-text.ts';
import {
  canBeSecret,
  hasSecretValue,
  isSecret,
  isSecretName,
  secretsAssignedIn,
} from './secret.ts';
import { secretsIn } from './spoken-secrets.ts';

/** Keys of AWS have no sign of their own: 40 characters, small, large and digits. */
const likeKey = /(?<![\w/+=.:-])[A-Za-z0-9/+]{40}(?![\w/+=])/g;
const hasKey = (text: string): boolean =>
  (text.match(likeKey) ?? []).some(
    (one) => /[a-z]/.test(one) && /[A-Z]/.test(one) && /\d/.test(one),
  );

const deepest = 3;
const encoded = /(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{16,}={0,2}(?![A-Za-z0-9+/=])/g;
/** What a text says in base64. */
const decodedIn = (text: string): readonly string[] =>
  [...text.matchAll(encoded)].flatMap(([one]) => {
    if (one.length % 4 !== 0) return [];
    const plain = atob(one);
    return /^[\t\n\r\u0020-\u007e]+$/.test(plain) ? [plain] : [];
  });

const parsedIn = (text: string): unknown => {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Whether a secret stands somewhere in a tree: by its form, by the name that it stands under, or encoded. */
const holdsInTree = (tree: unknown, depth: number): boolean => {
  if (typeof tree === 'string') return holdsAt(tree, depth);
  if (typeof tree !== 'object' || tree === null || depth > 60) return false;
  return Object.entries(tree).some(
    ([name, value]) =>
      (typeof value === 'string' && isKeptUnder(name, value)) || holdsInTree(value, depth + 1),
  );
};

const holdsAt = (text: string, depth: number): boolean =>
  hasSecretValue(text) ||
  hasKey(text) ||
  secretsIn(text).length > 0 ||
  holdsInTree(parsedIn(text), depth) ||
  (depth < deepest && decodedIn(text).some((one) => holdsAt(one, depth + 1)));

/** Whether a value is not to be shown, whatever it is called: more is kept back than what the controls call a secret for certain. */
export const holdsSecret = (text: string): boolean => holdsAt(text, 0);

/** The same of a value, which can be a whole file of settings. */
export const isKeptValue = (value: string): boolean =>
  holdsSecret(value) || (value.includes('\n') && secretsAssignedIn(value).length > 0);

/** Whether a secret stands somewhere in a value, as JSON has it. */
export const hasSecretWithin = (tree: unknown): boolean => holdsInTree(tree, 0);

/** Whether a value is not to be shown under its name: also where only a part of it stands there. */
export const isKeptUnder = (name: string, value: string): boolean => {
  if (isSecret(name, value)) return true;
  const literal = literalIn(value).trim();
  return (
    isSecretName(name) &&
    canBeSecret(value.trim()) &&
    canBeSecret(literal) &&
    /[A-Za-z0-9]/.test(literal)
  );
};
