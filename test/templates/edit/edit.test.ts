import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { readYamlDocument } from '../../../lib/templates/document/yaml-document.ts';
import { editText } from '../../../lib/templates/edit/edit-text.ts';
import {
  CannotEdit,
  differences,
  type Edit,
  editedTree,
} from '../../../lib/templates/edit/tree-edits.ts';
import { runs } from '../../extent.ts';

const read = (text: string): readonly unknown[] => [readYamlDocument(text, 'a.yaml').tree];
const edited = (text: string, ...edits: readonly Edit[]): string => editText(text, edits, { read });

const yaml = `# what we sell
Resources:
  Shop: # the shop
    Type: AWS::S3::Bucket   # a bucket

    # its name is fixed
    Properties:
      BucketName: "shop"
      Tags:
        - Key: a   # first
          Value: b
        # the second one
        - {Key: c, Value: d}
      Versioning: {Status: Suspended}
  # none of ours
  Empty:
    Type: AWS::S3::Bucket
    Properties:
  Flow: {Type: 'AWS::S3::Bucket'}
Outputs:
  A: !GetAtt Shop.Arn
`;

describe('a change of a text', () => {
  it.each<[name: string, edit: Edit, before: string, after: string]>([
    [
      'of a value, beside its comment',
      { path: ['Resources', 'Shop', 'Type'], value: 'AWS::SQS::Queue' },
      '    Type: AWS::S3::Bucket   # a bucket\n',
      '    Type: AWS::SQS::Queue   # a bucket\n',
    ],
    [
      'within braces',
      { path: ['Resources', 'Shop', 'Properties', 'Versioning', 'Status'], value: 'Enabled' },
      '{Status: Suspended}',
      '{Status: Enabled}',
    ],
    [
      'that adds a property behind the last one',
      { path: ['Resources', 'Shop', 'Properties', 'Block', 'IsOn'], value: true },
      '      Versioning: {Status: Suspended}\n',
      '      Versioning: {Status: Suspended}\n      Block:\n        IsOn: true\n',
    ],
    [
      'that adds to braces',
      { path: ['Resources', 'Flow', 'Properties', 'Block'], value: { IsOn: 'yes' } },
      "{Type: 'AWS::S3::Bucket'}",
      "{Type: 'AWS::S3::Bucket', Properties: { Block: { IsOn: 'yes' } }}",
    ],
    [
      'that adds to what is empty',
      { path: ['Resources', 'Empty', 'Properties', 'Block'], value: { IsOn: true } },
      '    Properties:\n  Flow',
      '    Properties:\n      Block:\n        IsOn: true\n  Flow',
    ],
    [
      'that adds an item',
      { path: ['Resources', 'Shop', 'Properties', 'Tags'], append: { Key: 'e', Value: 'f' } },
      '        - {Key: c, Value: d}\n',
      '        - {Key: c, Value: d}\n        - Key: e\n          Value: f\n',
    ],
    [
      'that takes an item away, and leaves what is said above it',
      { path: ['Resources', 'Shop', 'Properties', 'Tags', 1], remove: true },
      '        - {Key: c, Value: d}\n',
      '',
    ],
    [
      'that takes the first of an item',
      { path: ['Resources', 'Shop', 'Properties', 'Tags', 0, 'Key'], remove: true },
      '- Key: a   # first\n          Value',
      '- Value',
    ],
    [
      'that takes a resource away',
      { path: ['Resources', 'Flow'], remove: true },
      "  Flow: {Type: 'AWS::S3::Bucket'}\n",
      '',
    ],
    [
      'that adds a function',
      {
        path: ['Resources', 'Policy'],
        value: { Bucket: { Ref: 'Shop' }, Arn: { 'Fn::Sub': '${Shop.Arn}/*' } },
      },
      "  Flow: {Type: 'AWS::S3::Bucket'}\n",
      "  Flow: {Type: 'AWS::S3::Bucket'}\n  Policy:\n    Bucket: !Ref Shop\n    Arn: !Sub ${Shop.Arn}/*\n",
    ],
    [
      'in place of a list',
      { path: ['Resources', 'Shop', 'Properties', 'Tags'], value: [] },
      yaml.slice(yaml.indexOf('      Tags'), yaml.indexOf('      Versioning')),
      '      Tags: []\n',
    ],
  ])('%s', (_, edit, before, after) => {
    expect(yaml.split(before)).toHaveLength(2);
    expect(edited(yaml, edit)).toBe(yaml.replace(before, () => after));
    const windows = yaml.replaceAll('\n', '\r\n');
    expect(edited(windows, edit)).toBe(edited(yaml, edit).replaceAll('\n', '\r\n'));
  });
  it.each<[name: string, text: string, edit: Edit, expected: string]>([
    [
      'of several lines',
      '{\n  "A": {\n    "B": 1\n  }\n}\n',
      { path: ['A', 'C'], value: { D: [1] } },
      '{\n  "A": {\n    "B": 1,\n    "C": {\n      "D": [\n        1\n      ]\n    }\n  }\n}\n',
    ],
    [
      'of four spaces',
      '{\n    "A": {}\n}\n',
      { path: ['A', 'B'], value: 1 },
      '{\n    "A": {\n        "B": 1\n    }\n}\n',
    ],
    ['of one line', '{"A":{"B":1}}', { path: ['A', 'C'], value: [2] }, '{"A":{"B":1, "C": [2]}}'],
    ['less an item', '{"A": [1, 2, 3]}', { path: ['A', 1], remove: true }, '{"A": [1, 3]}'],
    ['less the last item', '{"A": [1, 2]}', { path: ['A', 1], remove: true }, '{"A": [1]}'],
    ['less the only item', '{"A": [1]}', { path: ['A', 0], remove: true }, '{"A": []}'],
  ])('of JSON %s', (_, text, edit, expected) => {
    expect(edited(text, edit)).toBe(expected);
  });
  it.each<[name: string, text: string, edit: Edit, why: string]>([
    [
      'a function',
      'A: !If [x, {B: 1}, {B: 2}]',
      { path: ['A', 'B'], value: 3 },
      'a function gives it',
    ],
    [
      'a function in its long form',
      'A: {Ref: B}',
      { path: ['A', 'B'], value: 3 },
      'a function gives it',
    ],
    ['an alias', 'A: &a {B: 1}\nC: *a\n', { path: ['C', 'B'], value: 3 }, 'an anchor elsewhere'],
    ['an anchor', 'A: &a {B: 1}\nC: *a\n', { path: ['A', 'B'], value: 3 }, 'something else'],
    [
      'a merge',
      'A: &a {B: 1}\nC: {<<: *a, D: 1}\n',
      { path: ['A', 'B'], value: 3 },
      'something else',
    ],
  ])('is refused where it is within %s', (_, text, edit, why) => {
    expect(() => edited(text, edit)).toThrow(CannotEdit);
    expect(() => edited(text, edit)).toThrow(why);
  });
  it('goes into a function where the path leads through it', () => {
    const text = 'A: !If [x, {B: 1}, {B: 2}]\n';
    expect(edited(text, { path: ['A', 'Fn::If', 2, 'B'], value: 3 })).toBe(
      'A: !If [x, {B: 1}, {B: 3}]\n',
    );
  });
  it('is of one of several documents', () => {
    const text = 'a: 1\n---\na: 2 # two\n---\na: 3\n';
    expect(editText(text, [{ path: ['a'], value: 9 }], { at: 1 })).toBe(
      'a: 1\n---\na: 9 # two\n---\na: 3\n',
    );
  });
});

const tree = fc.letrec<{ any: unknown; map: unknown; list: unknown; leaf: unknown }>((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom('a', 'on', '2012-10-17', '1', 'x: y', '# z', 'two\nlines\n'),
    fc.integer(),
    fc.boolean(),
  ),
  list: fc.array(tie('any'), { maxLength: 4 }),
  map: fc.dictionary(fc.constantFrom('A', 'B', 'C', 'D'), tie('any'), {
    maxKeys: 4,
    noNullPrototype: true,
  }),
  any: fc.oneof({ maxDepth: 4 }, tie('leaf'), tie('map'), tie('list')),
}));
const maps = tree.map;

describe('any two documents', () => {
  it('differ by changes that make the second of the first, in their trees and in their texts', () => {
    fc.assert(
      fc.property(maps, maps, fc.constantFrom('block', 'json', 'flow'), (a, b, form) => {
        const before = { Root: a, End: 1 };
        const after = { Root: b, End: 1 };
        const edits = differences(before, after);
        const text =
          form === 'block'
            ? stringify(before, { version: '1.1' })
            : JSON.stringify(before, undefined, form === 'json' ? 2 : 0);
        const wanted = edits.reduce<unknown>(editedTree, before);
        const made = editText(text, edits, { read });
        expect(isDeepStrictEqual(read(made), [wanted])).toBe(true);
      }),
      runs(1_000),
    );
  });
  it('are equal but for the order of what was added to lists', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer()), fc.uniqueArray(fc.integer()), (a, b) => {
        const made = differences(a, b).reduce<unknown>(editedTree, a);
        expect(new Set([made].flat())).toEqual(new Set(b));
      }),
      runs(300),
    );
  });
});
