import type { ReadAs } from '../../lib/support/secrets/open-text.ts';
import { isPutInLater, isSecret } from '../../lib/support/secrets/secret.ts';
import { secretsIn } from '../../lib/support/secrets/spoken-secrets.ts';

/** Values of a variable called PASSWORD, with those for whom it is a secret that stands in the file. */
const all: readonly ReadAs[] = ['compose', 'dockerfile', 'values'];
const passwords: Readonly<Record<string, readonly ReadAs[]>> = {
  '': [],
  Pa55word: all,
  $PASSWORD: [],
  '${PASSWORD}': [],
  '${PASSWORD:?it is needed}': [],
  '${PASSWORD:-}': [],
  '${PASSWORD:-hunter2hunter2}': all,
  '{{ password }}': [],
  '<password>': [],
  '$(PASSWORD)': [],
  '$$(PASSWORD)': ['compose', 'values'],
  Pa$sword1: ['values'],
  Pa$SWORD1: ['values'],
  Pa$$sword1: ['compose', 'values'],
  'Pa\\$sword1': ['dockerfile', 'values'],
  '$ecret-0f-mine': ['values'],
  hunter2hunter2$X: all,
  'hunter2hunter2${X}': all,
  '${X}hunter2hunter2': all,
  'hunter2hunter2{{ x }}': all,
  'Bearer $TOKEN': [],
  'admin:$PASSWORD': [],
  'postgres://app:${PASSWORD}@database:5432/app': [],
  'postgres://app:$PASSWORD@database:5432/app': [],
  'postgres://app:Pa$sword1@database:5432/app': ['values'],
};
const cases = Object.entries(passwords).flatMap(([text, secretFor]) =>
  all.map((as) => [as, text, secretFor.includes(as)] as const),
);

describe('a password', () => {
  it.each(cases)('of %s that is %s', (as, text, expected) => {
    expect(isSecret('PASSWORD', text, as)).toBe(expected);
  });
});

describe('a key that is a secret under any name', () => {
  const key = `AKIA${'A'.repeat(16)}`;
  it.each([key, `${key}-\${X}`, `{{ x }} ${key}`])('is one in %s', (text) => {
    expect(isSecret('ANY', text)).toBe(true);
  });
  it('is none where only its frame stands there', () => {
    const frame = (inner: string) =>
      `-----BEGIN PRIVATE KEY-----\n${inner}\n-----END PRIVATE KEY-----`;
    expect(isSecret('ANY', frame('{{ key }}'))).toBe(false);
    expect(isSecret('ANY', frame('MIIEvQIBADANBgkqhkiG9w0BAQEFAASC'))).toBe(true);
  });
});

describe('a file of a Secret', () => {
  it.each([
    ['url: {{ url }}\nuser: app', true],
    ['password: hunter2hunter2\nurl: {{ url }}', false],
    ['password: hunter2hunter2', false],
  ])('%j is put in later: %s', (text, expected) => {
    expect(isPutInLater(text)).toBe(expected);
  });
});

describe('a shell', () => {
  it.each([
    [`export PASSWORD='Pa$sword1'`, ['PASSWORD']],
    [`export PASSWORD="Pa$sword1"`, []],
    [`sh -c "export PASSWORD='$PASSWORD'"`, []],
  ])('%s', (script, expected) => {
    expect(secretsIn(script)).toEqual(expected);
  });
});
