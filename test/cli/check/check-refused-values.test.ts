import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProcess } from '../run.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-values-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const check = async (text: string, given?: object) => {
  const [file, parameters] = [join(folder, 'a.yaml'), join(folder, 'given.json')];
  writeFileSync(file, text);
  if (given) writeFileSync(parameters, JSON.stringify(given));
  const more = given ? ['--parameters', parameters] : [];
  const { code, stdout, stderr } = await inProcess(['check', file, '--control', 'S3.14', ...more]);
  return { code, stdout, told: stderr.replaceAll(`${file}:`, '') };
};
const withParameter = (settings: string) => `
Parameters:
  P: {${settings}}
Resources:
  B: {Type: AWS::S3::Bucket, Properties: {VersioningConfiguration: {Status: !Ref P}}}
`;
const bucket = (properties: string, more = '') => `
Resources:
  B: {Type: AWS::S3::Bucket, Properties: {${properties}}}
${more}`;

describe('what CloudFormation refuses of values and names', () => {
  it.each([
    ['Type: String, AllowedValues: [Enabled]', 'Suspended', 'AllowedValues'],
    ['Type: CommaDelimitedList, AllowedValues: [Enabled]', 'Enabled, Off', 'AllowedValues'],
    ['Type: String, MinLength: 20', 'Enabled', 'MinLength'],
    ['Type: String, MaxLength: 3', 'Enabled', 'MaxLength'],
    ['Type: Number, MinValue: 3', '2', 'MinValue'],
    ['Type: Number, MaxValue: 1.5', '2', 'MaxValue'],
    ['Type: List<Number>, MaxValue: 3', '2, 4', 'MaxValue'],
    ['Type: Number', 'two', 'Type'],
    ["Type: String, AllowedPattern: '[A-Z]+'", 'Enabled', 'AllowedPattern'],
    ["Type: String, AllowedPattern: 'Enable'", 'Enabled', 'AllowedPattern'],
    ["Type: CommaDelimitedList, AllowedPattern: '[A-Z]'", 'A,b', 'AllowedPattern'],
    [
      "Type: String, AllowedPattern: '[a-z]*', ConstraintDescription: 'only small\n  letters'",
      'Enabled',
      'AllowedPattern (only small letters)',
    ],
  ])('tells a value that %s does not take', async (settings, P, by) => {
    const { code, stdout, told } = await check(withParameter(settings), { P });
    expect(code).toBe(2);
    expect(told).toBe(
      `3:3: CloudFormation refuses the value that is given for the parameter P, by its ${by}: what rests on it is unknown\n`,
    );
    expect(stdout).toMatch('UNKNOWN  S3.14');
  });
  it('tells such a default', async () => {
    const { code, told } = await check(withParameter('Type: String, Default: a, MinLength: 2'));
    expect(code).toBe(2);
    expect(told).toMatch(/^3:3: CloudFormation refuses the default of the parameter P, by its Min/);
  });
  it.each([
    'Type: String, AllowedValues: [Enabled]',
    'Type: String, MinLength: 7, MaxLength: 7',
    "Type: String, AllowedPattern: '[A-Z][a-z]+'",
    // What is no expression of Java, or means more than is read.
    "Type: String, AllowedPattern: '(?i)enabled'",
    "Type: String, AllowedPattern: '['",
    'Type: String, AllowedPattern: [a]',
    // No value of other types is tried.
    "Type: 'AWS::EC2::VPC::Id', AllowedPattern: 'vpc-.*'",
  ])('takes what %s takes', async (settings) => {
    const { code, told } = await check(withParameter(settings), { P: 'Enabled' });
    expect([code, told]).toEqual([0, '']);
  });
  it('tries no pattern of a value that is looked up when it is deployed', async () => {
    const text = withParameter("Type: String, AllowedPattern: '[A-Z]', NoEcho: true");
    expect((await check(text, { P: '{{resolve:ssm:/p}}' })).told).toBe('');
  });
  it('takes the items of a list one by one', async () => {
    const settings = 'Type: CommaDelimitedList, AllowedValues: [a, b]';
    expect((await check(withParameter(settings), { P: 'b,a' })).told).toBe('');
  });
  it('tries no patterns of more parameters than CloudFormation takes', async () => {
    const one = "{Type: String, Default: a, AllowedPattern: '[A-Z]'}";
    const of = (count: number) =>
      `Parameters: {${Array.from({ length: count }, (_, index) => `P${index}: ${one}`).join(', ')}}${bucket('')}`;
    expect((await check(of(201))).told).toBe('');
    expect((await check(of(2))).told).toMatch('by its AllowedPattern');
  });
  it.each([
    'VersioningConfiguration: {Status: !Ref Bb}',
    'VersioningConfiguration: {Status: !GetAtt Bb.Arn}',
    `VersioningConfiguration: {Status: !Sub '\${Bb}'}, BucketName: !Sub '\${!C}-\${AWS::Region}'`,
  ])('tells a name that is nowhere: %s', async (properties) => {
    const { code, stdout, told } = await check(bucket(properties));
    expect(code).toBe(2);
    expect(told).toMatch(
      /^3:\d+: CloudFormation refuses the template: Bb is neither a parameter nor a resource of it; did you mean B\?\n$/,
    );
    expect(stdout).toMatch('UNKNOWN  S3.14');
  });
  it.each(['Transform: AWS::Serverless-2016-10-31', 'Transform: AWS::LanguageExtensions'])(
    'tells none where others make names: %s',
    async (more) => {
      expect((await check(bucket('BucketName: !Ref Bb', more))).told).toBe('');
    },
  );
});
