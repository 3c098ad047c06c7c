import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scaffoldType } from '../../scripts/new-resource-type.ts';
import { scaffoldService } from '../../scripts/new-service.ts';
import { longTest } from '../extent.ts';
import { smallRepository } from './copy.ts';

/** What the compiler says of these files of a repository. */
const compiled = (root: string, files: readonly string[]) => {
  const { compilerOptions } = JSON.parse(readFileSync('tsconfig.json', 'utf8'));
  const config = { compilerOptions: { ...compilerOptions, incremental: false }, files };
  writeFileSync(join(root, 'tsconfig.json'), JSON.stringify(config));
  const tsc = ['node_modules/typescript/bin/tsc', '--checkers', '1', '-p', root];
  return spawnSync(process.execPath, tsc, { cwd: root, encoding: 'utf8' }).stdout;
};

describe('scaffolds of a service and a resource type', () => {
  let root = '';
  const read = (file: string) => readFileSync(join(root, file), 'utf8');
  beforeAll(() => {
    root = smallRepository();
  });
  afterAll(() => rmSync(root, { recursive: true }));

  longTest(
    'writes a service from what the SDK and IAM say of it',
    async () => {
      rmSync(join(root, 'lib/services/kms.ts'));
      rmSync(join(root, 'lib/resources/kms'), { recursive: true });
      expect(await scaffoldService(root, 'client-kms')).toEqual(['lib/services/kms.ts']);
      const text = read('lib/services/kms.ts');
      expect(text).toContain("iam: 'kms'");
      expect(text).toContain("eventSource: 'kms.amazonaws.com'");
      expect(text).toContain(
        "key: { arn: 'arn:{partition}:kms:{region}:{account}:key/{id}', named: ['KeyId'] }",
      );
    },
    120_000,
  );

  it('writes a service under the name that its prefix is not', async () => {
    await scaffoldService(root, 'client-accessanalyzer', 'analyzers');
    expect(read('lib/services/analyzers.ts')).toContain("iam: 'access-analyzer'");
    rmSync(join(root, 'lib/services/analyzers.ts'));
  });

  it('says which package to install, and overwrites nothing', async () => {
    await expect(scaffoldService(root, 'client-chime')).rejects.toThrow(
      /^@aws-sdk\/client-chime is not installed: npm install --save-dev --save-exact @aws-sdk\/client-chime$/,
    );
    await expect(scaffoldService(root, 'kms')).rejects.toThrow(/^Usage: /);
    await expect(scaffoldService(root, 'client-s3')).rejects.toThrow(
      /^lib\/services\/s3\.ts is there already$/,
    );
  });

  longTest(
    'writes a type and a test that reads it present, absent, denied and gone',
    async () => {
      rmSync(join(root, 'lib/resources/sns'), { recursive: true });
      const files = await scaffoldType(root, 'AWS::SNS::Topic');
      expect(files).toEqual([
        'lib/resources/sns/sns-topic.ts',
        'test/resources/sns/sns-topic.test.ts',
      ]);
      expect(read('lib/resources/sns/sns-topic.ts')).toContain("securityHubType: 'AwsSnsTopic'");
      const test = read('test/resources/sns/sns-topic.test.ts');
      expect(test).toContain('seesEveryFacet(snsTopic)');
      for (const row of ['that has everything', 'that has nothing', 'is denied to', 'is gone when'])
        expect(test).toContain(row);
    },
    120_000,
  );

  longTest(
    'writes what compiles',
    () => {
      const files = [
        'lib/services/kms.ts',
        'lib/resources/sns/sns-topic.ts',
        'test/resources/sns/sns-topic.test.ts',
      ];
      // The test imports what runs a local AWS.
      for (const beside of ['lib', 'test/resources', 'test/local'])
        cpSync(beside, join(root, beside), { recursive: true, force: false });
      expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
      expect(compiled(root, files)).toBe('');
    },
    120_000,
  );

  it('says where the kind of a type is to be told', async () => {
    await expect(scaffoldType(root, 'AWS::DAX::Cluster')).rejects.toThrow(
      /^no kind in lib\/services has type: 'AWS::DAX::Cluster'/,
    );
    await expect(scaffoldType(root, 'AWS::S3::Bucket')).rejects.toThrow(
      /^AWS::S3::Bucket is lib\/resources\/s3\/s3-bucket\.ts already$/,
    );
  });
});
