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
    ['Type: String, MinLength: 20', 'Enabled', 'MinLength and MaxLength'],
    ['Type: String, MaxLength: 3', 'Enabled', 'MinLength and MaxLength'],
    ['Type: Number, MinValue: 3', '2', 'MinValue and MaxValue'],
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
  it.each(['Type: String, AllowedValues: [Enabled]', 'Type: String, MinLength: 7, MaxLength: 7'])(
    'takes what %s takes',
    async (settings) => {
      const { code, told } = await check(withParameter(settings), { P: 'Enabled' });
      expect([code, told]).toEqual([0, '']);
    },
  );
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
