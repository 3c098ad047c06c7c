import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { scaffold, wantedBy } from '../../scripts/new-control.ts';
import { longTest } from '../extent.ts';
import { smallRepository } from './copy.ts';

const node = (root: string, ...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, output: stdout + stderr };
};

describe('npm run new-control', () => {
  let root = '';
  beforeAll(() => {
    root = smallRepository();
  });
  afterAll(() => rmSync(root, { recursive: true }));

  longTest(
    'writes controls and their tests, which compile, lint and fail until they are written',
    async () => {
      const files = [
        ...(await scaffold(root, { service: 's3', name: 'bucket-is-empty' })),
        ...(await scaffold(root, { service: 's3', name: 'bucket-is-full', plan: true })),
      ];
      expect(files).toEqual([
        'lib/controls/s3/bucket-is-empty.ts',
        'test/controls/s3/bucket-is-empty.test.ts',
        'lib/controls/s3/bucket-is-full.ts',
        'test/controls/s3/bucket-is-full.test.ts',
      ]);
      const [, turned = '', , drifted = ''] = files.map((file) =>
        readFileSync(join(root, file), 'utf8'),
      );
      expect(turned).toMatch(/^export const turn: Turn = {\n {2}control: 'PL\.S3\.\d+',/m);
      expect(drifted).toMatch(/^export const drift: Drift = {\n {2}control: 'PL\.S3\.\d+',/m);
      const { compilerOptions } = JSON.parse(readFileSync('tsconfig.json', 'utf8'));
      writeFileSync(
        join(root, 'tsconfig.json'),
        JSON.stringify({ compilerOptions: { ...compilerOptions, incremental: false }, files }),
      );
      expect(node(root, 'node_modules/typescript/bin/tsc', '--checkers', '1', '-p', root)).toEqual({
        status: 0,
        output: '',
      });
      const lint = ['node_modules/@biomejs/biome/bin/biome', 'check', '--vcs-enabled=false'];
      expect(node(root, ...lint, ...files)).toMatchObject({ status: 0 });

      const jest = {
        rootDir: root,
        cacheDirectory: join(root, 'cache'),
        runtime: join(process.cwd(), 'test/runner/runtime.cjs'),
        testEnvironment: join(process.cwd(), 'test/runner/environment.cjs'),
        transform: {},
      };
      const config = ['node_modules/jest/bin/jest.js', '--config', JSON.stringify(jest)];
      const tested = node(root, ...config, 'bucket-is-(empty|full)');
      expect(tested.status).toBe(1);
      expect(tested.output).toContain('what is as it should be: PASS');
      expect(tested.output).toContain('what is not: FAIL');
      expect(tested.output).toContain('what is not: its plan');
      expect(tested.output).not.toContain('failed to run');
    },
    120_000,
  );

  it('gives the next free id of our own', async () => {
    const [file = ''] = await scaffold(root, {
      service: 'iam',
      name: 'a-b',
      type: 'AWS::IAM::Role',
    });
    const [next = ''] = await scaffold(root, {
      service: 'iam',
      name: 'c-d',
      type: 'AWS::IAM::Role',
    });
    expect(readFileSync(join(root, file), 'utf8')).toContain("id: 'PL.IAM.1'");
    expect(readFileSync(join(root, next), 'utf8')).toContain("id: 'PL.IAM.2'");
  });

  it('takes title, severity and requirements from Security Hub, and no facet for granted', async () => {
    const wanted = wantedBy(['S3.11', 'bucket-announces-changes'], {});
    expect(wanted).toEqual({ service: 's3', name: 'bucket-announces-changes', id: 'S3.11' });
    const [file = ''] = await scaffold(root, wanted);
    const text = readFileSync(join(root, file), 'utf8');
    expect(text).toContain(
      "title: 'S3 general purpose buckets should have event notifications enabled'",
    );
    expect(text).toContain("severity: 'MEDIUM'");
    expect(text).toContain("'nist-800-53-r5': ['CA-7', 'SI-3(8)', 'SI-4', 'SI-4(4)']");
    expect(text).toContain('needs: []');
    expect(text).toMatch(/Of its facets: publicAccessBlock, /);
  });

  it('needs what is asked for, and names what must hold where nobody does', async () => {
    const wanted = wantedBy(['KMS.4'], { needs: 'key,rotation' });
    expect(wanted.name).toBe('aws-kms-key-rotation-is-enabled');
    const [file = ''] = await scaffold(root, wanted);
    expect(file).toMatch(/^lib\/controls\/kms\//);
    const text = readFileSync(join(root, file), 'utf8');
    expect(text).toContain("needs: ['key', 'rotation']");
    expect(text).toContain('defineControl(kmsKey, {');
  });

  it('knows no control that Security Hub has not', () => {
    expect(() => wantedBy(['S3.999'], {})).toThrow(/^Security Hub has no control S3\.999/);
    expect(() => wantedBy(['s3'], {})).toThrow(/^Usage: /);
  });

  it('takes an id of Security Hub in any case', () => {
    expect(wantedBy(['athena.1', 'a-b'], {})).toEqual({
      service: 'athena',
      name: 'a-b',
      id: 'Athena.1',
    });
  });

  const wrong: Record<string, [wanted: Parameters<typeof scaffold>[1], sentence: RegExp]> = {
    'a name that is no statement': [
      { service: 's3', name: 'BucketLogs' },
      /^BucketLogs is no statement in kebab case, such as bucket-logs-access$/,
    ],
    'a service that would leave the folder': [
      { service: '../s3', name: 'bucket-logs-access' },
      /^\.\.\/s3 is no name of a service$/,
    ],
    'an id that is taken': [
      { service: 's3', name: 'bucket-is-public', id: 'S3.8' },
      /^S3\.8 is lib\/controls\/s3\/bucket-blocks-public-access\.ts already$/,
    ],
    'a control that is there': [
      { service: 's3', name: 'bucket-blocks-public-access' },
      /^lib\/controls\/s3\/bucket-blocks-public-access\.ts is there already$/,
    ],
    'a type that there is not': [
      { service: 's3', name: 'bucket-is-public', type: 'AWS::S3::Buckets' },
      /^--type is AWS::S3::Buckets; allowed: .*AWS::S3::Bucket/,
    ],
    'no type where there is no usual one': [
      { service: 'weather', name: 'rain-is-private' },
      /^--type is not clear from weather; allowed: /,
    ],
    'a facet that there is not': [
      { service: 's3', name: 'bucket-is-public', needs: 'acl,door' },
      /^AWS::S3::Bucket has no facet door; it has publicAccessBlock, /,
    ],
  };
  it.each(Object.entries(wrong))('refuses %s', async (_, [wanted, sentence]) => {
    await expect(scaffold(root, wanted)).rejects.toThrow(sentence);
  });
});
