import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inProcess } from '../run.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plumbline-found-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});
const put = (name: string, text: string): string => {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
};
const good = `Resources:
  B:
    Type: AWS::S3::Bucket
    Properties: {VersioningConfiguration: {Status: Enabled}}
`;
const check = async (...args: readonly string[]) => {
  const { code, stderr } = await inProcess(['check', '--control', 'S3.14', ...args]);
  return { code, told: stderr.replaceAll(`${folder}/`, '') };
};

/** As botocore has it in each copy: a shape of that name, and types of CloudFormation in the text. */
const model = JSON.stringify({
  version: '2.0',
  shapes: { Resources: { type: 'list', documentation: 'such as AWS::S3::Bucket' } },
});
const serverless = `service: shop
provider: {name: aws}
resources:
  Resources:
    B: {Type: AWS::S3::Bucket}
`;

describe('what is found in a folder', () => {
  it.each([
    ['a model of an API', 'layer/botocore/data/s3/2006-03-01/service-2.json', model],
    ['a list of resources in something else', 'a.yaml', 'x: {Resources: {B: AWS::S3::Bucket}}\n'],
    [
      'a description with services and an image elsewhere',
      'example-pattern.json',
      JSON.stringify({
        services: { from: { serviceName: 'S3' }, to: { serviceName: 'Lambda' } },
        authors: [{ image: 'a.png' }],
      }),
    ],
  ])('passes over %s', async (_, name, text) => {
    put('template.yaml', good);
    put(name, text);
    expect(await check(folder)).toEqual({ code: 0, told: '' });
  });
  it('refuses the same where it is named', async () => {
    const path = put('service-2.json', model);
    expect(await check(path)).toEqual({
      code: 2,
      told: 'service-2.json:1:1: this is no template: it has no mapping of Resources\n',
    });
  });
  it.each([
    ['a version of the format', 'AWSTemplateFormatVersion: 2010-09-09\n'],
    ['a transform', 'Transform: AWS::Serverless-2016-10-31\n'],
    ['a macro that writes it', 'Fn::Transform: {Name: AWS::Include}\n'],
    ['resources that are no mapping', ''],
  ])('tells what has %s, and no mapping of Resources', async (_, text) => {
    put('template.yaml', good);
    put('a.yaml', `${text}# AWS::\n${text === '' ? 'Resources: []' : 'x: {Resources: 1}'}\n`);
    const { code, told } = await check(folder);
    expect(code).toBe(2);
    expect(told).toMatch(/^a\.yaml:\d:1: this is no template: it has no mapping of Resources\n$/);
  });
  it.each([true, false])('says what to do with the Serverless Framework', async (isNamed) => {
    put('template.yaml', good);
    const path = put('serverless.yml', serverless);
    expect(await check(isNamed ? path : folder)).toEqual({
      code: 2,
      told: 'serverless.yml:1:1: this is a configuration of the Serverless Framework, and no template: run serverless package, and check what it writes to .serverless\n',
    });
  });
  it('does not miss names that a module which is a file makes', async () => {
    put(
      'a.yaml',
      `Resources:
  Network: {Type: ../modules/vpc.yml}
  B: {Type: AWS::S3::Bucket, Properties: {BucketName: !Ref NetworkName}}
`,
    );
    const { told } = await check(folder);
    expect(told).not.toMatch('NetworkName');
    expect(told).toMatch('../modules/vpc.yml is no type of CloudFormation');
  });
});
