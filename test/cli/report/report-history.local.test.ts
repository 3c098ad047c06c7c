import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lambda } from '@aws-sdk/client-lambda';
import { S3 } from '@aws-sdk/client-s3';
import { worldAt } from '../../local/path/world.ts';
import { serve } from '../../local/served.ts';
import { plumbline } from '../run.ts';
import { itSinceOne } from './since-one.ts';

const baseline = `
presets: []
history: { days: 60, lock: false }
controls: { S3.8: {}, S3.17: {} }
`;
const today = new Date().toISOString().slice(0, 10);
const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);

describe('a report of a period', () => {
  let aws: Awaited<ReturnType<typeof serve>>;
  let folder = '';
  const settings = () => ({
    endpoint: aws.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'alice', secretAccessKey: 'any' },
  });
  const report = (...args: readonly string[]) =>
    plumbline(
      [
        'report',
        ...['--standard', 'fsbp-1.0.0', '--baseline', join(folder, 'plumbline.yaml')],
        ...args,
      ],
      {
        AWS_ENDPOINT_URL: aws.url,
        AWS_REGION: 'us-east-1',
        AWS_ACCESS_KEY_ID: 'alice',
        AWS_SECRET_ACCESS_KEY: 'any',
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      },
    );
  const s3 = () => new S3({ ...settings(), forcePathStyle: true });
  const files = async () => {
    const { Buckets = [] } = await s3().listBuckets({});
    const bucket = Buckets.find(({ Name = '' }) => /history/i.test(Name))?.Name ?? '';
    const { Contents = [] } = await s3().listObjectsV2({ Bucket: bucket });
    return { bucket, keys: Contents.flatMap(({ Key }) => Key ?? []).sort() };
  };
  const inPeriod = () => [
    ...['--from', yesterday, '--to', today],
    ...['--format', 'json', '--out', join(folder, 'report.json')],
  ];
  const written = async () => JSON.parse(await readFile(join(folder, 'report.json'), 'utf8'));
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plumbline-history-'));
    await writeFile(join(folder, 'plumbline.yaml'), baseline);
    aws = await serve({ baseline: join(folder, 'plumbline.yaml'), settlesAfterSeconds: 0 });
    await s3().createBucket({ Bucket: 'kept' });
    await s3().deletePublicAccessBlock({ Bucket: 'kept' });
    const wanted = { control: 'S3.8', resource: 'arn:aws:s3:::kept', status: 'FAILED' } as const;
    await worldAt(aws.url).finding(wanted);
  }, 180_000);
  afterAll(async () => {
    await aws.end();
    await rm(folder, { recursive: true });
  });

  it('says that no day is written yet', async () => {
    const ran = await report('--from', yesterday);
    expect([ran.code, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toMatch(/has not written any day of its history yet/);
  });

  itSinceOne(
    'is made of what the function of the stack writes by its own role, which may not read it',
    async () => {
      const lambda = new Lambda(settings());
      const FunctionName = aws.functions['history'] ?? '';
      for (let times = 0; times < 2; times += 1) {
        const { FunctionError, Payload } = await lambda.invoke({ FunctionName });
        expect([FunctionError, Buffer.from(Payload ?? []).toString()]).toEqual([undefined, 'null']);
      }
      const { bucket, keys } = await files();
      const account = '123456789012';
      expect(keys.filter((key) => !key.startsWith('people/'))).toEqual([
        `manifests/${account}/${yesterday}.json`,
        `verdicts/${account}/${yesterday}.jsonl.gz`,
      ]);
      const own = { ...settings(), credentials: aws.own['history'] ?? settings().credentials };
      const asWriter = new S3({ ...own, forcePathStyle: true });
      const [Key = ''] = keys;
      await expect(asWriter.getObject({ Bucket: bucket, Key })).rejects.toThrow(/denied|not auth/i);
      await expect(asWriter.deleteObject({ Bucket: bucket, Key })).rejects.toThrow(
        /denied|not auth/i,
      );
      await expect(
        s3().putObject({ Bucket: bucket, Key, Body: 'forged', ExpectedBucketOwner: account }),
      ).rejects.toThrow(/denied|not auth/i);

      const ran = await report(...inPeriod());
      expect(ran.stderr).toBe('');
      expect(ran.code).toBe(2);
      const { unknown, gaps, period, scans } = await written();
      expect(scans).toMatchObject([{ source: 'history', account }]);
      expect(unknown).toContainEqual(
        expect.objectContaining({
          control: 'S3.8',
          arn: 'arn:aws:s3:::kept',
          reason: expect.stringContaining('and still fails'),
        }),
      );
      expect(gaps.join('\n')).toMatch(/no history was kept/);
      expect(period.episodes).toBeGreaterThan(0);
    },
  );

  itSinceOne('leaves out what other options do not want', async () => {
    await report(...inPeriod(), '--region', 'eu-west-1');
    const away = await written();
    expect(away.unknown).toEqual([]);
    expect(away.gaps.join('\n')).toMatch(/told of: eu-west-1 and what is in no one region/);
    await report(...inPeriod(), '--region', 'us-east-1', '--account', '123456789012');
    expect((await written()).unknown).not.toEqual([]);
    const nobody = await report(...inPeriod(), '--account', '999999999999');
    expect(nobody.stderr).toMatch(/nothing of 999999999999; it is of 123456789012/);
  });

  itSinceOne.each([
    [['--from', '2026-02-30'], /--from is 2026-02-30; give a day/],
    [['--from', '2026-02-03', '--to', '2026-02-01'], /ends before it begins/],
    [['--from', '2026-02-03', '--scan', 'a.json'], /--from does not go with --scan/],
    [['--to', '2026-02-03'], /--to is of a period: give --from/],
    [['--from', '2020-01-01', '--to', '2020-01-31'], /has nothing of these days/],
    [
      ['--from', '2026-02-03', '--tag', 'a=b'],
      /^--tag is a=b, and Plumbline keeps no tags: name a under reportTags/,
    ],
    [['--from', yesterday, '--organizational-unit', 'r-ab12'], /knows no organizational units/],
  ])('refuses %j with a sentence', async (args, said) => {
    const ran = await report(...args);
    expect([ran.code, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toMatch(said);
  });
});
