import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { UserError } from '../../../lib/support/user-error.ts';
import type { Document, Path } from '../../../lib/templates/document/document.ts';
import {
  editableDocuments,
  readYamlDocuments,
} from '../../../lib/templates/document/yaml-document.ts';
import { YamlSpans } from '../../../lib/templates/document/yaml-spans.ts';
import { plainYamlIn } from '../../../lib/templates/document/yaml-tree.ts';
import { extent } from '../../extent.ts';

const pathsIn = (tree: unknown, path: Path = []): readonly Path[] =>
  Array.isArray(tree)
    ? [path, ...tree.flatMap((one, index) => pathsIn(one, [...path, index]))]
    : typeof tree === 'object' && tree !== null
      ? [path, ...Object.entries(tree).flatMap(([key, one]) => pathsIn(one, [...path, key]))]
      : [path];

/** All that a reader of documents says of a text. */
const saidBy = (read: () => readonly Document[]): unknown => {
  try {
    return read().map(({ tree, rangeOf }) => ({
      tree,
      places: [...pathsIn(tree), ['nothing'], [0, 'a']].map((path) => [path, rangeOf(path)]),
    }));
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
};
/** What was taken for plain, and read otherwise than by who edits. */
const differsIn = (text: string): boolean =>
  plainYamlIn(text, undefined) !== undefined &&
  JSON.stringify(saidBy(() => readYamlDocuments(text, 'a'))) !==
    JSON.stringify(saidBy(() => editableDocuments({ file: 'a', text })));

/** The texts in the tests of a folder, as a program has them between two backticks. */
const textsIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ts|ya?ml)$/.test(name))
    .flatMap((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      return name.endsWith('.ts') ? (text.match(/(?<=`)[^`]*\n[^`]*(?=`)/g) ?? []) : [text];
    });
const texts = ['test/manifests', 'test/templates', 'lib/local/tour', '.github'].flatMap(textsIn);

const odd: Readonly<Record<string, string>> = {
  nothing: '',
  'a comment alone': '# a\n',
  'documents with nothing': '---\n---\na: 1\n---\n',
  'a text alone': 'a\n',
  'a number alone': '0x1F\n',
  'numbers of each form':
    'a: [0, 07, 1.0, 1.50, 1e3, 1e21, 1e+21, -0, +1, .5, 5., 0x1F, 0o7, .inf, -.inf, .nan, 1_0, 12345678901234567890, 1.10, ~]\n',
  'keys of each form': '1: a\n07: b\ntrue: c\nnull: d\n~: e\n"x y": f\n1.0: g\n',
  'the same key by two spellings': '1: a\n"1": b\n',
  'the same key twice': 'a: 1\na: 2\n',
  'words of the other YAML': 'a: [yes, No, on, y, TRUE, False, Null]\n',
  'texts over lines': 'a: b\n  c\n\n  d\ne: "f\n  g\\\n  h"\ni: \'j\n\n  k\'\n',
  'texts in blocks': 'a: |\n  b\n\n  c\nd: >-\n  e\n  f\n\n   g\nh: |+\n  i\n\nj: |2\n   k\n',
  'a block at the end': 'a:\n  b: |\n    c\n\n\n# d\n',
  'nothing behind keys': 'a:\nb: # c\nd:   \n  \ne:\n  f:\n',
  'nothing in lists': 'a:\n  -\n  - b\n  -\n',
  'comments below': 'a:\n  b: 1\n  # c\n  d: 2 # e\n# f\n\n  # g\nh: 3\n# i\n',
  'comments at the end': 'a:\n  - b # c\n  # d\n\n# e\n',
  'brackets over lines': 'a: [\n  b, # c\n  d,\n]\ne: {\n  f: 1, g: [],\n  h: {}\n}\n',
  'pairs in lists': 'a: [b: 1, {c: 2}, "d": 3, e]\n',
  'keys without values in brackets': 'a: {b, c: , d: 1, "e"}\n',
  'colons in words': 'a: b:c\nd: http://e:80/#f\ng: [h:1, i: 2]\n',
  'signs in words': 'a: b#c\nd: -e\nf: ?g\nh: a, b\ni: [-j]\n',
  'lists at the level of their key': 'a:\n- b: 1\n  c: 2\n- d\ne: 1\n',
  'lists in lists': 'a:\n  - - b\n    - c\n  -\n    - d\n',
  'explicit keys': '? a\n: b\n? c\nd: 1\n',
  'blanks behind lines': 'a: 1   \nb: "c"  \t\nd: [e] \n',
  'tabs between words': 'a:\tb\nc: d\te\n',
  'tabs before words': 'a:\n\tb: 1\n',
  'ends of Windows': 'a:\r\n  b: 1\r\n  c: "d\r\n    e"\r\n# f\r\ng: |\r\n  h\r\n',
  'ends of old Macs': 'a: 1\rb: 2\r',
  'a mark of its order of bytes': '\ufeffa: 1\n',
  'short forms':
    'a: !Ref b\nc: !Sub "d"\ne: !GetAtt f.g\nh: !Join [a, [b, !Ref c]]\ni: !If\n  - j\n',
  'a short form before a mapping': 'a: !Transform\n  b: 1\nc: !Sub 1\nd: !Foo\n',
  'tags of the language': 'a: !!str 1\nb: !<tag:yaml.org,2002:int> 2\nc: ! 3\nd: !a-b 4\n',
  'tags before keys': '!a b: c\nd:\n  !Sub e: f\n',
  anchors: 'a: &b {c: 1}\nd: *b\ne:\n  <<: *b\n',
  'a merge without an anchor': 'a:\n  <<: {b: 1}\n  c: 2\n"<<": 1\n',
  directives: '%YAML 1.1\n---\na: yes\n',
  'ends of documents': 'a: 1\n...\nb: 2\n',
  'more behind an end': 'a: 1\n--- b\n--- {c: 1}\n--- # d\ne: 1\n',
  'a prototype': '__proto__: {a: 1}\n"constructor": b\n',
  'what is not closed': 'a: [1\nb: 2\n',
  'two mappings on a line': 'a: b: c\n',
  'a key over lines': 'a\n b: c\n',
  'other indents': 'a:\n   b: 1\n  c: 2\n',
  'half a pair': 'a: "\\ud83d"\nb: "\\ud83d\\ude00"\nc: "\\x41\\u00e9\\t\\/"\n',
  'no escape': 'a: "\\q"\n',
  'characters of control': 'a: b\u0001c\nd: "e\u0002"\n',
  'lines of their own': 'a: "b\u2028c"\nd: e\u0085f\n',
  'words that may not begin so': 'a: @b\n',
  'a percent': 'a: %b\n',
  'a percent that is indented': ' %a\n---\n',
  'a sign of documents that is indented': ' ---\n   \n',
  'an indent that is said': '|2\n  ? ',
  'a tab before a text': '\ton-1t\n',
  'an escaped end of a line, and nothing below': 'e: "f\n  g\\\n\n  h"\n',
  'a dash that is none': 'a: -\nb: [-]\n',
  'a long key': `${'a'.repeat(1100)}: b\n`,
  'a word right behind a bracket': 'a:\n- []1[] c: 2\nb: {c: d}e\n',
  'a tag before a bracket': 'a: {b: !Foo[c, d]}\n',
  'blanks at the end of a text that keeps its lines': '    a: |+\n   ',
  'a tag before the end of a line': 'a: [b, !Ref\n]\nc: !Foo\nd: 1\n',
  'a key that keeps its last lines': '   ?  |+\n ',
  'a key over lines in quotes': '?  "f\n  g\\\n\n  h"\n',
  'a colon below its key, behind a comment': '{"a": 1, b # c\n:2, "d"\n: e}\n',
  'a text that is a comment': 'a:#b\nc: #d\n',
  'a quote in the midst': `a: b"c"\nd: 'e''f'\n`,
  'something behind a quote': 'a: "b" c\n',
  'something behind a bracket': 'a: [b] c\n',
  'a colon behind a bracket': '{a: 1}: b\n[c]: d\n',
  'a colon without a blank': '{"a":1, b:2, "c":d}\n',
};

describe('YAML that is written plainly', () => {
  it.each(Object.entries(odd))('is read as by who edits it: %s', (_, text) => {
    expect(differsIn(text)).toBe(false);
  });

  it('is most of what anybody writes', () => {
    const plain = `a: 1
b: !Sub c
d: [e, 'f', "g"]
h:
  - i: |
      j
`;
    expect(plainYamlIn(plain, undefined)).toBeDefined();
  });

  it('is read as by who edits it, in all texts of the tests', () => {
    expect(texts.length).toBeGreaterThan(200);
    expect(texts.filter(differsIn)).toEqual([]);
  });

  it('tells nearly all of its places by itself', () => {
    const told = texts.flatMap((text) => {
      const yaml = plainYamlIn(text, undefined);
      const spans = yaml && new YamlSpans(yaml);
      return (yaml?.documents ?? []).flatMap(({ tree, root }) =>
        pathsIn(tree).map((path) => spans?.at(root, path) !== undefined),
      );
    });
    expect(told.length).toBeGreaterThan(300);
    expect(told.filter((isTold) => !isTold).length / told.length).toBeLessThan(0.05);
  });

  it('is read as by who edits it, whatever somebody broke', () => {
    const pieces = fc.constantFrom(
      ...[
        '',
        ' ',
        '  ',
        '\n',
        '\n\n',
        '\r\n',
        '\t',
        ':',
        ': ',
        '- ',
        '? ',
        '#',
        ' # a\n',
        '"',
        "'",
        '[',
        ']',
        '{',
        '}',
        ',',
      ],
      ...[
        '&a ',
        '*a',
        '!a ',
        '!!str ',
        '|',
        '>-',
        '|+\n',
        '---\n',
        '...\n',
        '%a',
        '~',
        'null',
        '0x1',
        '1e3',
        '\\',
        '<<: ',
        'a: ',
      ],
    );
    const all = [...texts.filter((one) => one.length < 3000), ...Object.values(odd)];
    const numRuns = { quick: 500, usual: 2000, exhaustive: 100_000 }[extent];
    fc.assert(
      fc.property(
        fc.nat(all.length - 1),
        fc.array(fc.tuple(fc.nat(3000), fc.nat(3), pieces), { minLength: 1, maxLength: 4 }),
        (which, changes) => {
          let text = all[which] ?? '';
          for (const [at, length, piece] of changes) {
            const from = at % (text.length + 1);
            text = text.slice(0, from) + piece + text.slice(from + length);
          }
          expect([text, differsIn(text)]).toEqual([text, false]);
        },
      ),
      { numRuns },
    );
  });
});
