import { parseJson } from '../../lib/support/json.ts';

test.each([
  ['{"a":1,"a":2}'],
  ['{"a" : 1, "b": {"c":1, "\\u0063":2}}'],
  ['[{"a\\"":1,"a\\"":2}]'],
  ['{"a\\\\":":","a\\\\":1}'],
])('refuses a key that stands there twice: %s', (json) => {
  expect(() => parseJson(json)).toThrow(new SyntaxError('an object has a key twice'));
});

test.each([
  ['{"a":":","b":"\\":"}', { a: ':', b: '":' }],
  ['{"a\\\\":1,"a":{"a":"x:"}}', { 'a\\': 1, a: { a: 'x:' } }],
  ['["a:b", ":", "\\\\", {"": null}]', ['a:b', ':', '\\', { '': null }]],
  ['":"', ':'],
  ['7', 7],
])('reads a text with colons as it is: %s', (json, value) => {
  expect(parseJson(json)).toEqual(value);
});
