import { readDocument, readDocuments } from '../../../lib/templates/document/read-document.ts';

const yaml = `Resources:
  # the one
  A:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: !Sub "\${AWS::StackName}-a"
      Tags:
        - {Key: a, Value: !Ref B}
`;
const json = JSON.stringify(
  { Resources: { A: { Type: 'x', Properties: { Tags: [{ Key: 'a' }, { Key: 'b"' }] } } } },
  undefined,
  2,
);
const place = ({
  line,
  column,
  endLine,
  endColumn,
}: {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}) => `${line}:${column}-${endLine}:${endColumn}`;

describe('a document', () => {
  it.each([
    ['a resource', ['Resources', 'A'], '3:3-9:1'],
    ['a property', ['Resources', 'A', 'Properties', 'BucketName'], '6:7-6:45'],
    ['a short form', ['Resources', 'A', 'Properties', 'BucketName', 'Fn::Sub'], '6:7-6:45'],
    ['an item', ['Resources', 'A', 'Properties', 'Tags', 0, 'Value'], '8:20-8:33'],
    ['what is nearest', ['Resources', 'A', 'Properties', 'None', 'At', 'All'], '5:5-9:1'],
  ])('says where %s of YAML stands', async (_, path, expected) => {
    expect(place((await readDocument(yaml, 'a.yaml')).rangeOf(path))).toBe(expected);
  });
  it.each([
    ['a resource', ['Resources', 'A'], '3:5-15:6'],
    ['an item', ['Resources', 'A', 'Properties', 'Tags', 1, 'Key'], '11:13-11:25'],
    ['what is nearest', ['Resources', 'B', 'Type'], '2:3-16:4'],
  ])('says where %s of JSON stands', async (_, path, expected) => {
    const document = await readDocument(json, 'a.json');
    expect(place(document.rangeOf(path))).toBe(expected);
  });
  it('writes short forms out', async () => {
    const { tree } = await readDocument(
      'a: !GetAtt B.Outputs.C\nb: !If [X, !Ref A, 1]\n',
      'a.yaml',
    );
    expect(tree).toEqual({
      a: { 'Fn::GetAtt': ['B', 'Outputs.C'] },
      b: { 'Fn::If': ['X', { Ref: 'A' }, 1] },
    });
  });
  // What libyaml reads, and with it PyYAML, SnakeYAML and go-yaml: https://yaml.org/spec/1.1/#id901402 says where it differs from 1.2
  const left = {
    'a bracket': [
      'a:\n  b: [{\n    c: 1\n  }]\n  d: [\n1,\n  {e: "]"}\n]\nf: 2\n',
      { a: { b: [{ c: 1 }], d: [1, { e: ']' }] }, f: 2 },
    ],
    'a text in one kind of quotes': [
      `a:\n  - b: !Sub '{\n  "c": "it''s",\n\n}'\n    d: 1\n`,
      { a: [{ b: { 'Fn::Sub': `{ "c": "it's",\n}` }, d: 1 }] },
    ],
    'a text in the other': [
      'a:\n  b: "{\\\n \\"c\\": 1\n}"\nd: 1\n',
      { a: { b: '{"c": 1 }' }, d: 1 },
    ],
    'brackets with quotes in words': [
      `a:\n  b: {c: it's, "d":"}",\n# }\n  e: f}\n`,
      { a: { b: { c: "it's", d: '}', e: 'f' } } },
    ],
  } as const;
  it.each(Object.entries(left))('takes lines that stand far left: %s', async (_, [text, tree]) => {
    expect((await readDocument(text, 'a.yaml')).tree).toEqual(tree);
    expect((await readDocuments(text, 'a.yaml')).map((one) => one.tree)).toEqual([tree]);
  });
  it('says where that stands, and its comments, as it is written', async () => {
    const text = 'a:\n  b: [\n1,\n# x\n 2] # y\n  c: "d\ne" # z\nf: 3\n';
    const document = await readDocument(text, 'a.yaml');
    const placed = [['a', 'b', 0], ['a', 'b', 1], ['a', 'c'], ['f']].map((path) =>
      place(document.rangeOf(path)),
    );
    expect(placed).toEqual(['3:1-3:2', '5:2-5:3', '6:3-7:3', '8:1-8:5']);
    expect(document.comments?.().map(({ from, to }) => text.slice(from, to))).toEqual([
      '# x',
      '# y',
      '# z',
    ]);
  });
  it.each([
    ['a bracket', 'a:\n  b: [1\nc: 2\n', '3:1: a bracket above is not closed'],
    ['a quote', 'a:\n  b: "1\nc: 2\n', '4:1: something is not closed'],
    ['a quote that the next one closes', 'a:\n  b: "1\nc: "2"\n', '2:8: something is not closed'],
    ['a key that stands twice below', 'a:\n  b: [\n1]\nc: 1\nc: 2\n', '5:1: a duplicate key'],
  ])('says of what is wrong what it is: %s', async (_, text, why) => {
    await expect(readDocument(text, 'a.yaml')).rejects.toThrow(`a.yaml:${why}`);
  });
  it('is as quick where thousands of lines stand far left', async () => {
    const text = `a:\n  b: [\n${'"c",\n'.repeat(20_000)}]\n${'d: "e\nf"\n'.repeat(2)}`;
    await expect(readDocument(text, 'a.yaml')).rejects.toThrow('a duplicate key');
    const nested = `a:\n  b: ${'[\n'.repeat(5000)}${']'.repeat(5000)}\n`;
    await expect(readDocument(nested, 'a.yaml')).rejects.toThrow('it is nested too deeply');
  });
  it('takes no key that a merge brings for what an object inherits', async () => {
    const text = 'a: &a {__proto__: {b: 1}}\nc: {<<: *a, d: 2}\n';
    const { tree } = await readDocument(text, 'a.yaml');
    const merged: unknown = Object(tree).c;
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
    expect(Object.keys(Object(merged))).toEqual(['__proto__', 'd']);
  });
  it('takes aliases and merges', async () => {
    const { tree } = await readDocument('a: &a {x: 1, y: 2}\nb: {<<: *a, y: 3}\nc: *a\n', 'a.yaml');
    expect(tree).toEqual({ a: { x: 1, y: 2 }, b: { x: 1, y: 3 }, c: { x: 1, y: 2 } });
  });
  const bomb = `a0: &a0 [x]\n${Array.from({ length: 40 }, (_, n) => `a${n + 1}: &a${n + 1} [${Array(9).fill(`*a${n}`).join(', ')}]`).join('\n')}\n`;
  it.each([
    [
      'a key that is there twice',
      'a: 1\nb: 2\na: 3\n',
      'a.yaml:3:1: a duplicate key: a stands in line 1 already; take one of them out',
    ],
    [
      'such a key of JSON',
      '{"a": 1,\n "b": {"c": 1, "c": 2}}',
      'a.yaml:2:16: a duplicate key: c stands in line 2 already; take one of them out',
    ],
    ['no YAML', 'a: [1, 2\nb: }\n', 'a.yaml:2:'],
    ['broken JSON', '{"a": [1, }', 'a.yaml:1:'],
    ['an alias in its own anchor', 'a: &a [*a]\n', 'a.yaml:1:7: '],
    [
      'aliases of aliases that multiply',
      bomb,
      'its aliases (*name) expand to more than five million values',
    ],
    ['an alias of nothing', 'a: *b\n', 'a.yaml:1:'],
    ['what is nested too deeply', `a: ${'['.repeat(300)}${']'.repeat(300)}\n`, 'a.yaml:1:'],
    ['no text', 'a\0b', 'a.yaml: this is no text'],
    ['too much', `a: ${'x'.repeat(6_000_000)}`, 'a.yaml: it is larger than 5 MB'],
  ])('refuses %s', async (_, text, message) => {
    await expect(readDocument(text, 'a.yaml')).rejects.toThrow(message);
  });
});
