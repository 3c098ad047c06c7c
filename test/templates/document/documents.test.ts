import { readDocument } from '../../../lib/templates/document/read-document.ts';

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
      'a.yaml:3:1: a duplicate key: it stands above already; take one of them out',
    ],
    [
      'such a key of JSON',
      '{"a": 1,\n "b": {"c": 1, "c": 2}}',
      'a.yaml:2:16: a duplicate key: c stands above already; take one of them out',
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
