import { differenceLines } from '../../../lib/cli/output/difference.ts';

describe('a difference that people read', () => {
  const differences: Record<string, [before: unknown, after: unknown, lines: string[]]> = {
    'is empty where nothing differs but the order of keys': [{ a: 1, b: 2 }, { b: 2, a: 1 }, []],
    'says what was set': [{ a: null }, { a: { on: true } }, ['+ a: {"on":true}']],
    'says what was taken away': [{ a: { on: true } }, { a: null }, ['- a: {"on":true}']],
    'names the field that changed, however deep': [
      { a: { b: { c: 1, d: 2 } } },
      { a: { b: { c: 1, d: 3 } } },
      ['- a.b.d: 2', '+ a.b.d: 3'],
    ],
    'leaves out what stays in a list, wherever it stands': [
      { rules: [{ port: 22 }, { port: 443 }] },
      { rules: [{ port: 443 }, { port: 80 }] },
      ['- rules[]: {"port":22}', '+ rules[]: {"port":80}'],
    ],
    'reads what a policy says': [
      { policy: '{"Statement":[{"Sid":"A"}]}' },
      { policy: '{ "Statement": [{"Sid":"A"}, {"Sid":"B"}] }' },
      ['+ policy.Statement[]: {"Sid":"B"}'],
    ],
    'takes a text that is no JSON as it is': [
      { name: '{a' },
      { name: '{b' },
      ['- name: "{a"', '+ name: "{b"'],
    ],
  };
  it.each(Object.entries(differences))('%s', (_, [before, after, lines]) => {
    expect(differenceLines(before, after)).toEqual(lines);
  });
});
