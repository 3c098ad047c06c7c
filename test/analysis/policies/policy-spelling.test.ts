import fc from 'fast-check';
import { isRecord } from '../../../lib/support/untyped.ts';
import { runs } from '../../extent.ts';
import { controls, evaluate, policies, write } from './policy-verdicts.ts';

const examples = runs(150);

type Revive = (key: string, value: unknown) => unknown;
const renamed =
  (rename: (name: string) => string): Revive =>
  (_, value) =>
    isRecord(value)
      ? Object.fromEntries(Object.entries(value).map(([name, one]) => [rename(name), one]))
      : value;
const respellings: Readonly<Record<string, Revive>> = {
  'no list of one': (_, value) => (Array.isArray(value) && value.length === 1 ? value[0] : value),
  'lists of one': (key, value) =>
    typeof value === 'string' && !/^(?:\d+|Version|Effect|Principal)$/.test(key) ? [value] : value,
  'everything twice and backwards': (_, value) =>
    Array.isArray(value) ? [...value, ...value].reverse() : value,
  '{"AWS": ["*"]} for everybody': (key, value) =>
    key === 'Principal' && value === '*' ? { AWS: ['*'] } : value,
  '"*" for everybody': (key, value) =>
    key === 'Principal' && JSON.stringify(value) === '{"AWS":"*"}' ? '*' : value,
  'names in lower case': renamed((name) => name.toLowerCase()),
  'names in upper case': renamed((name) => name.toUpperCase()),
  'actions in upper case': (key, value) =>
    /^(?:Not)?Action$/.test(key) ? JSON.parse(JSON.stringify(value).toUpperCase()) : value,
};

describe('a policy in another spelling', () => {
  it.each(Object.entries(respellings))('gets the same verdicts: %s', (_, revive) => {
    fc.assert(
      fc.property(policies, (policy) => {
        const text = write(policy);
        expect(evaluate(JSON.stringify(JSON.parse(text, revive), null, 1))).toEqual(evaluate(text));
      }),
      examples,
    );
  });

  it('gets the same verdicts: URL-encoded', () => {
    fc.assert(
      fc.property(policies, (policy) => {
        expect(evaluate(encodeURIComponent(write(policy)))).toEqual(evaluate(write(policy)));
      }),
      examples,
    );
  });
});

describe('a text that is no policy', () => {
  const unknown = controls.map(() => 'UNKNOWN');
  it.each([
    ['text', fc.string()],
    ['JSON', fc.json()],
    [
      'a policy that breaks off',
      fc.tuple(policies, fc.nat(1000)).map(([policy, at]) => {
        const text = write(policy);
        return text.slice(0, at % text.length);
      }),
    ],
    [
      'a policy with a strange element',
      policies
        .map((policy) => write(policy).replace('"Action"', '"Actions"'))
        .filter((text) => text.includes('Actions')),
    ],
  ])('is never evaluated: %s', (_, texts) => {
    fc.assert(
      fc.property(texts, (text) => expect(evaluate(text)).toEqual(unknown)),
      examples,
    );
  });
});
