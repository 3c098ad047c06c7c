import { refusedParts } from '../../lib/templates/check/refused.ts';
import { templateOf } from '../../lib/templates/cloudformation.ts';
import { readDocument } from '../../lib/templates/document/read-document.ts';

const deployment = {
  account: '111122223333',
  region: 'eu-central-1',
  partition: 'aws',
  stackName: 'stack',
  parameters: {},
};
const refusedIn = async (resources: string, head = ''): Promise<readonly string[]> => {
  const text = `${head}Resources:\n${resources}\n`;
  const document = await readDocument(text, 'a.yaml');
  const all = await refusedParts(templateOf(document, deployment));
  return all.map(({ path, why, mayBeNew }) => {
    const { line } = document.rangeOf(path);
    return `${line}: ${why}${mayBeNew ? ' (new?)' : ''}`;
  });
};
const bucket = (id: string, name: string, more = '') =>
  `  ${id}: {Type: AWS::S3::Bucket, ${more}Properties: {BucketName: ${name}}}`;
const circle = (way: string) =>
  `2: CloudFormation does not make what refers back to itself: ${way}`;

describe('what CloudFormation does not take', () => {
  it.each([
    ['!Wat x', '2: CloudFormation has no function Fn::Wat; did you mean Fn::Not?'],
    [
      '{"Fn::Frobnicate": 1}',
      '2: CloudFormation has no function Fn::Frobnicate; what it gives is taken for unknown',
    ],
  ])('has a function that there is not: %s', async (value, why) => {
    expect(await refusedIn(bucket('A', value))).toEqual([why]);
    // A macro can make something of it.
    expect(await refusedIn(bucket('A', value), 'Transform: Mine\n')).toEqual([]);
    expect(await refusedIn(bucket('A', value), 'Transform: [{Name: Mine}]\n')).toEqual([]);
  });
  it.each([
    ['Propertys: {AccessControl: PublicRead}', 'Propertys', 'did you mean Properties?'],
    ['properties: {AccessControl: PublicRead}', 'properties', 'did you mean Properties?'],
    ['Depends: B', 'Depends', 'did you mean DependsOn?'],
  ])('has a resource with %s', async (written, name, hint) => {
    const resource = `  A: {Type: AWS::S3::Bucket, ${written}}`;
    expect(await refusedIn(resource)).toEqual([
      expect.stringMatching(`^2: CloudFormation takes no ${name} of a resource; .*`),
    ]);
    expect((await refusedIn(resource))[0]).toContain(hint);
    expect(await refusedIn(resource, 'Transform: Mine\n')).toEqual([]);
  });
  it.each([
    ['[{BucketName: a}]', 'a list'],
    ['[]', 'a list'],
    ['open', 'a value'],
  ])('has properties that are no map: %s', async (written, is) => {
    const resource = `  A: {Type: AWS::S3::Bucket, Properties: ${written}}`;
    expect(await refusedIn(resource)).toEqual([
      `2: the Properties of A are ${is} and no map, which CloudFormation refuses: it is left unknown`,
    ]);
  });
  it('has a property that begins with no capital', async () => {
    expect(
      await refusedIn('  A: {Type: AWS::S3::Bucket, Properties: {accessControl: PublicRead}}'),
    ).toEqual([
      '2: AWS::S3::Bucket has no property accessControl: their names begin with a capital',
    ]);
    // What is somebody's own can be called in any way.
    expect(
      await refusedIn('  A: {Type: Custom::Own, Properties: {accessControl: PublicRead}}'),
    ).toEqual([]);
  });
  it('takes all that may stand beside a type', async () => {
    const all =
      'DependsOn: B, Condition: C, Description: d, Metadata: {a: b}, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, UpdatePolicy: {}, CreationPolicy: {}, ';
    expect(await refusedIn(`${bucket('A', 'a', all)}\n${bucket('B', 'b')}`)).toEqual([]);
  });
  it('has no resource', async () => {
    expect(await refusedIn('  {}')).toEqual([
      '1: CloudFormation takes no template without a resource',
    ]);
    expect(await refusedIn('  {}', 'Transform: Mine\n')).toEqual([]);
  });
  it.each([
    [
      'AWS::S3::Bukket',
      'AWS::S3::Bukket is no type of CloudFormation; did you mean AWS::S3::Bucket?',
    ],
    ['AWS::EC2::Vpc', 'AWS::EC2::Vpc is no type of CloudFormation; did you mean AWS::EC2::VPC?'],
    ['aws::S3::Bucket', 'aws::S3::Bucket is no type of CloudFormation: it begins with AWS::'],
    ['Bucket', 'Bucket is no type of CloudFormation, as AWS::S3::Bucket is one'],
    [
      'AWS::S3::Hologram',
      'AWS::S3::Hologram is a type that is not known here, and is not evaluated (new?)',
    ],
    [
      'AWS::Quantum::Thing',
      'AWS::Quantum::Thing is a type that is not known here, and is not evaluated (new?)',
    ],
  ])('has a type that there is not: %s', async (type, why) => {
    expect(await refusedIn(`  A: {Type: ${type}}`)).toEqual([`2: ${why}`]);
  });
  it.each([
    ['a reference', `${bucket('A', '!Ref B')}\n${bucket('B', '!Ref A')}`, 'A → B → A'],
    ['itself', bucket('A', '!GetAtt A.Arn'), 'A → A'],
    [
      'a text and an order',
      `${bucket('A', '!Sub "${B}-x"')}\n${bucket('B', 'b', 'DependsOn: [A], ')}`,
      'A → B → A',
    ],
    [
      'a way into it',
      `${bucket('Z', '!Ref A')}\n${bucket('A', '!Ref B')}\n${bucket('B', '!Ref A')}`.replace(
        /^(.*)\n(.*)\n(.*)$/,
        '$2\n$3\n$1',
      ),
      'A → B → A',
    ],
  ])('has a circle: %s', async (_, resources, way) => {
    expect(await refusedIn(resources)).toEqual([circle(way)]);
  });
  it.each([
    [
      'what is of somebody else',
      '  A: {Type: Acme::Thing::One}\n  B: {Type: Custom::Mine}\n  C: {Type: AWS::CDK::Metadata}',
    ],
    ['a module', '  A: {Type: Acme::S3::Bucket::MODULE}'],
    ['a chain', `${bucket('A', '!Ref B')}\n${bucket('B', 'b')}`],
    [
      'a reference that a condition decides about',
      `${bucket('A', '!If [C, !Ref B, b]')}\n${bucket('B', '!Ref A')}`,
    ],
    [
      'a resource with a condition',
      `${bucket('A', '!Ref B')}\n${bucket('B', '!Ref A', 'Condition: C, ')}`,
    ],
    ['a name of the text itself', bucket('A', '!Sub ["${A}-${!A}", {A: b}]')],
    ['a parameter', bucket('A', '!Ref AWS::StackName')],
  ])('takes %s', async (_, resources) => {
    expect(await refusedIn(resources)).toEqual([]);
  });
});
