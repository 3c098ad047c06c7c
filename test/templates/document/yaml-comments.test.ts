import { yamlComments } from '../../../lib/templates/document/yaml-comments.ts';

const commented = (text: string): readonly string[] =>
  yamlComments(text).map(({ from, to }) => text.slice(from, to));

it.each([
  ['behind a value', 'a: b # c\n', ['# c']],
  ['on a line of its own', '# a\nb: c\n  # d\n', ['# a', '# d']],
  ['in double quotes', 'a: "b # c"\n', []],
  ['in double quotes over lines', 'a: "b\n  # c\n  d" # e\n', ['# e']],
  ['in quotes with a quote', "a: 'it''s # c' # d\n", ['# d']],
  ['in a text of several lines', 'a: |\n  # b\n\n  # c\nd: >- # e\n  # f\n# g\n', ['# e', '# g']],
  ['that begins a text of several lines', '|\n# a\nb\n', []],
  ['within a word', 'a: b#c\n', []],
  ['between brackets', '{a: [b, # c\n "# d"]} # e', ['# c', '# e']],
  ['of several documents', '--- # a\n"# b"\n--- # c\n# d', ['# a', '# c', '# d']],
  ['with signs of the reader', 'a: "\u001f" # b\n\u001f# c\nd: "# e"\n', ['# b']],
  ['in what is no YAML', 'a: "b\n# c', []],
])('%s', (_, text, expected) => {
  expect(commented(text)).toEqual(expected);
});
