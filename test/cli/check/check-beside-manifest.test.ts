import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inProcess } from '../run.ts';

describe('a folder with a manifest of the CDK', () => {
  let folder = '';
  const put = (name: string, content: object): void =>
    writeFileSync(join(folder, name), JSON.stringify(content));
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'plumbline-manifest-'));
    put('manifest.json', {
      version: '38.0.0',
      artifacts: {
        Named: {
          type: 'aws:cloudformation:stack',
          environment: 'aws://unknown-account/unknown-region',
          properties: { templateFile: 'named.template.json' },
        },
      },
    });
    put('named.template.json', {
      Resources: {
        Queue: { Type: 'AWS::SQS::Queue' },
        Nested: {
          Type: 'AWS::CloudFormation::Stack',
          Properties: { TemplateURL: 'https://example.com/nested' },
          Metadata: {
            'aws:asset:path': 'nested.template.json',
            'aws:asset:property': 'TemplateURL',
          },
        },
      },
    });
    put('nested.template.json', { Resources: { Inner: { Type: 'AWS::SQS::Queue' } } });
    put('tree.json', { version: 'tree-0.1', tree: { Resources: { type: 'AWS::SQS::Queue' } } });
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const checked = () => inProcess(['check', folder, '--control', 'SQS.3,S3.2']);
  const open = { Type: 'AWS::S3::Bucket', Properties: { AccessControl: 'PublicRead' } };

  it('is evaluated by it, nested stacks once', async () => {
    const { code, stdout, stderr } = await checked();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('in 2 files: 0 failed');
    expect(stdout).toContain('2 passed');
  });
  it.each(['public.yaml', 'x.nested.template.json', 'below/public.template.json'])(
    'hides no template that lies beside it: %s',
    async (name) => {
      mkdirSync(join(folder, 'below'));
      put(name, { Resources: { Site: open } });
      const { code, stdout } = await checked();
      expect(code).toBe(1);
      expect(stdout).toContain(`${name}:1:`);
      expect(stdout).toContain('in 3 files: 1 failed');
    },
  );
});
