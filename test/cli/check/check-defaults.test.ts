import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProcess } from '../run.ts';

const bucket = `
  Bucket:
    Type: AWS::S3::Bucket
    Condition: IsProd
    Properties:
      AccessControl: PublicRead
      OwnershipControls: {Rules: [{ObjectOwnership: ObjectWriter}]}
      PublicAccessBlockConfiguration: {IgnorePublicAcls: false}
`;
const parameters = (env: string) =>
  `Parameters: {Env: {Type: String, ${env}}}\nConditions: {IsProd: !Equals [!Ref Env, prod]}\n`;
const dev = 'Default: dev';

describe('what is not made with the default of a parameter', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'plumbline-defaults-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const put = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const checked = (path: string, ...more: readonly string[]) =>
    inProcess(['check', path, '--control', 'S3.2', ...more]);

  it('fails, and says why it is not made', async () => {
    const path = put('a.yaml', `${parameters(dev)}Resources:${bucket}`);
    const { stdout, code } = await checked(path);
    expect(code).toBe(1);
    expect(stdout).toContain('where IsProd holds, which it does not with default Env=dev');
  });
  it('is not evaluated where the value is given', async () => {
    const path = put(
      'a.yaml',
      `${parameters(dev)}Resources:\n  Queue: {Type: AWS::SQS::Queue}${bucket}`,
    );
    const given = put('given.json', JSON.stringify({ Parameters: { Env: 'dev' } }));
    expect((await checked(path, '--parameters', given, '--control', 'SQS.*')).code).toBe(0);
  });
  it.each([
    ['a default', dev],
    ['one of the allowed values', `${dev}, AllowedValues: [dev, prod]`],
  ])('fails where a parent gives %s', async (_, env) => {
    put('child.yaml', `${parameters('AllowedPattern: .*')}Resources:${bucket}`);
    const parent = `${parameters(env)}Resources:
  Nested:
    Type: AWS::CloudFormation::Stack
    Metadata: {aws:asset:path: child.yaml}
    Properties: {TemplateURL: child.yaml, Parameters: {Env: !Ref Env}}
`;
    const { code } = await checked(put('parent.yaml', parent));
    expect(code).toBe(1);
  });
});
