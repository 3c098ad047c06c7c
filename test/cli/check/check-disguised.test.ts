import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProcess } from '../run.ts';

const open = "{Type: 'AWS::S3::Bucket', Properties: {AccessControl: PublicRead}}";
const openJson = '{"Type":"AWS::S3::Bucket","Properties":{"AccessControl":"PublicRead"}}';
const pod =
  '"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"containers":[{"name":"a","image":"a","securityContext":{"privileged":true}}]}';

describe('a file of a folder that is written as nobody writes it', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'plumbline-disguised-'));
    writeFileSync(join(folder, 'good.yaml'), 'Resources:\n  Good: {Type: AWS::SQS::Queue}\n');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it.each<[what: string, name: string, text: string]>([
    ['a key by escapes', 'a.json', `{"\\u0052esources":{"A":${openJson}}}`],
    ['types by escapes', 'a.json', `{"Resources":{"A":${openJson.replace('AWS', '\\u0041WS')}}}`],
    [
      'a type by short escapes',
      'a.yaml',
      `Resources:\n  A: ${open.replace("'AWS::S3::Bucket'", '"\\x41WS::S3::Bucket"')}\n`,
    ],
    [
      'a type over two lines',
      'a.yaml',
      `Resources:\n  A: ${open.replace("'AWS::S3::Bucket'", '"AWS\\\n    ::S3::Bucket"')}\n`,
    ],
    ['a key that is an alias', 'a.yaml', `Description: &r Resources\n*r :\n  A: ${open}\n`],
    ['a key with its colon on the next line', 'a.yaml', `? !!str Resources # all\n: A: ${open}\n`],
    ['a key of several lines', 'a.yaml', `? |-\n  Resources\n: A: ${open}\n`],
    [
      'a file of compose',
      'a.json',
      '{"servic\\u0065s":{"web":{"imag\\u0065":"a","privileged":true}}}',
    ],
    [
      'a file of compose in YAML',
      'a.yaml',
      '"servic\\x65s":\n  web: {image: a, privileged: true}\n',
    ],
    ['another key by escapes', 'a.yaml', `"Descripti\\u006fn": a\nResources:\n  A: ${open}\n`],
    [
      'brackets with words of Kubernetes',
      'a.yaml',
      `# all\n{Metadata: {apiVersion: a, kind: b}, Resources: {A: ${open}}}\n`,
    ],
    [
      'the same behind a mark',
      'a.yaml',
      `--- {Metadata: {apiVersion: a, kind: b}, Resources: {A: ${open}}}\n`,
    ],
    [
      'a manifest in YAML',
      'a.yaml',
      '"apiV\\x65rsion": v1\n"k\\u0069nd": Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: a, securityContext: {privileged: true}}]}\n',
    ],
    [
      'a manifest of Kubernetes',
      'a.json',
      `{"apiVersi\\u006fn":${pod.replace('kind', 'k\\u0069nd')}}`,
    ],
  ])('is evaluated: %s', async (_, name, text) => {
    writeFileSync(join(folder, name), text);
    const { code, stdout } = await inProcess([
      'check',
      folder,
      ...['--control', 'S3.2,PL.CONTAINER.1,SQS.3'],
    ]);
    expect(stdout).toMatch(/in 2 files: 1 failed/);
    expect(code).toBe(1);
  });
});

describe('a folder of sources of Terraform', () => {
  it('is not evaluated, and says of what it can be', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-sources-'));
    writeFileSync(join(folder, 'main.tf'), 'resource "aws_s3_bucket" "a" {}\n');
    expect(await inProcess(['check', folder])).toMatchObject({
      code: 2,
      stderr: `There is nothing to evaluate in ${folder}: no template, plan, manifest or Dockerfile. Sources of Terraform are not evaluated, but plans of them: terraform show -json tfplan > tfplan.json\n`,
    });
    rmSync(folder, { recursive: true });
  });
});
