import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { Lambda } from '@aws-sdk/client-lambda';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { worldAt } from '../../local/path/world.ts';
import { remediating } from '../remediating.ts';
import { itSinceOne } from './since-one.ts';

const account = '123456789012';
const baseline = `
presets: []
reportTags: [env]
history: { days: 60, lock: false }
controls: { S3.8: { mode: plan } }
`;
const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10);

describe('a report of what has a tag', () => {
  const { cli, s3, settings, as, openBucket, url } = remediating(baseline);
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plumbline-report-tags-'));
    for (const [Bucket, env] of Object.entries({ shop: 'prod', lab: 'dev', fine: 'prod' })) {
      await s3().createBucket({ Bucket });
      const TagSet = [{ Key: 'env', Value: env }];
      await s3().putBucketTagging({ Bucket, Tagging: { TagSet } });
    }
    for (const Bucket of ['shop', 'lab', 'bare']) await openBucket(Bucket);
    // Its passing is read anew, with its tag.
    await s3().deletePublicAccessBlock({ Bucket: 'fine' });
    const finding = { control: 'S3.8', resource: 'arn:aws:s3:::fine' };
    await worldAt(url()).finding({ ...finding, status: 'FAILED' });
    const whole = {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    };
    await s3().putPublicAccessBlock({ Bucket: 'fine', PublicAccessBlockConfiguration: whole });
    await worldAt(url()).finding({ ...finding, status: 'PASSED' });
  }, 120_000);
  afterAll(() => rm(folder, { recursive: true }));

  const reported = async (...args: readonly string[]) => {
    const out = join(folder, 'report.json');
    const asked = ['report', '--standard', 'fsbp-1.0.0', '--format', 'json', '--out', out];
    const ran = await cli(...asked, ...args);
    expect(ran.stderr).toBe('');
    return { code: ran.code, ...JSON.parse(await readFile(out, 'utf8')) };
  };
  const names = (all: readonly { arn: string }[]) =>
    all.map(({ arn }) => arn.split(':').at(-1)).sort();
  const s38 = ({
    frameworks: [one],
  }: {
    frameworks: readonly { requirements: readonly { id: string }[] }[];
  }) => one?.requirements.find(({ id }) => id === 'S3.8');
  const stack = ['--stack', 'Plumbline'];

  it('is made of the table: what has it, failing and passing, and nothing else', async () => {
    const prod = await reported(...stack, '--tag', 'env=prod');
    expect(names(prod.failures)).toEqual(['shop']);
    expect(prod.frameworks[0].summary.verdicts).toEqual({ passed: 1, of: 2 });
    expect(prod.gaps.join('\n')).toContain('resources with the tag env=prod');
    expect(names((await reported(...stack, '--tag', 'env=dev')).failures)).toEqual(['lab']);
    expect(names((await reported(...stack, '--tag', 'env')).failures)).toEqual(['lab', 'shop']);
    const none = await reported(...stack, '--tag', 'env=nowhere');
    expect([none.code, none.failures]).toEqual([2, []]);
  });

  it('is refused of a tag that is not kept', async () => {
    const ran = await cli('report', '--standard', 'fsbp-1.0.0', ...stack, '--tag', 'team');
    expect([ran.code, ran.stdout]).toEqual([2, '']);
    expect(ran.stderr).toMatch(/^--tag is team, and Plumbline keeps the tags env alone/);
  });

  it('is the same of what was kept of it', async () => {
    const kept = join(folder, 'kept.json');
    await reported(...stack, '--tag', 'env=prod', '--keep', kept);
    const scanned = join(folder, 'scan.json');
    const ran = await cli('scan', '--out', scanned);
    expect(ran.stderr).toBe('');
    const out = join(folder, 'scanned.json');
    const { inProcess } = await import('../run.ts');
    const asked = ['report', '--standard', 'fsbp-1.0.0', '--scan', scanned, '--tag', 'env=prod'];
    await inProcess([...asked, '--format', 'json', '--out', out]);
    const { failures, frameworks } = JSON.parse(await readFile(out, 'utf8'));
    expect(names(failures)).toEqual(['shop']);
    expect(frameworks[0].summary.verdicts).toEqual({ passed: 1, of: 2 });
  });

  itSinceOne('is made of a period of the history, which its function writes', async () => {
    const lambda = new Lambda(settings());
    const { Functions = [] } = await lambda.listFunctions({});
    const FunctionName = Functions.find(
      ({ Handler }) => Handler === 'history.handler',
    )?.FunctionName;
    const { FunctionError } = await lambda.invoke({ FunctionName });
    expect(FunctionError).toBeUndefined();
    const period = ['--from', day(1), '--to', day(0)];
    const prod = await reported(...period, '--tag', 'env=prod');
    // Nobody kept how what passes stood before.
    expect(names(prod.unknown)).toEqual(['fine', 'shop']);
    expect(s38(prod)).toMatchObject({ status: 'UNKNOWN' });
    expect(names((await reported(...period, '--tag', 'env=dev')).unknown)).toEqual(['lab']);
    expect(names((await reported(...period)).unknown)).toEqual(
      expect.arrayContaining(['bare', 'lab', 'shop']),
    );
  });

  it('follows a tag that was changed once the resource is evaluated again', async () => {
    const TagSet = [{ Key: 'env', Value: 'prod' }];
    await s3().putBucketTagging({ Bucket: 'lab', Tagging: { TagSet } });
    await s3().putPublicAccessBlock({
      Bucket: 'lab',
      PublicAccessBlockConfiguration: { BlockPublicAcls: true },
    });
    const until = Date.now() + 20_000;
    for (;;) {
      const { failures } = await reported(...stack, '--tag', 'env=prod');
      if (names(failures).includes('lab')) break;
      expect(Date.now()).toBeLessThan(until);
    }
    expect(names((await reported(...stack, '--tag', 'env=dev')).failures)).toEqual([]);
  });

  describe('where somebody wrote into the table of verdicts', () => {
    const keyOf = (id: string) => `${account}#us-east-1#AWS::S3::Bucket#${id}`;
    const table = async () => {
      const { Stacks = [] } = await new CloudFormation(settings()).describeStacks({
        StackName: 'Plumbline',
      });
      const outputs = Stacks[0]?.Outputs ?? [];
      return outputs.find(({ OutputKey }) => OutputKey === 'PostureTable')?.OutputValue ?? '';
    };
    const put = async (pk: string, row: unknown) => {
      const dynamoDb = DynamoDBDocument.from(new DynamoDB(as('evaluate')));
      const Item = { pk, sk: 'resource', version: 3, dueShard: 'due#1', dueAt: day(9), row };
      await dynamoDb.put({ TableName: await table(), Item });
    };

    it('says what it does not know, and the next look at it replaces the row', async () => {
      await put(keyOf('fine'), '{"controls":null}');
      await put(keyOf('never'), 'no JSON');
      await put('<script>alert(1)</script>', '[]');
      const broken = await reported(...stack);
      expect(broken.code).toBe(2);
      expect(broken.gaps.join('\n')).toMatch(
        /Nobody knows how 2 resources stand: .*AWS::S3::Bucket 2\./,
      );
      expect(names(broken.failures)).toEqual(expect.arrayContaining(['bare', 'shop']));
      expect(s38(broken)).toMatchObject({ status: 'FAILED' });
      const plan = await cli('fix', 'fine', 'S3.8', '--yes');
      expect([plan.code, plan.stdout]).toEqual([2, '']);
      expect(plan.stderr).toContain('AWS::S3::Bucket fine is no row; the next sweep reads it anew');
      for (const command of [['exemptions'], ['actions', '--pending'], ['doctor']]) {
        const ran = await cli(...command);
        expect(`${ran.stdout}${ran.stderr}`).not.toMatch(/TypeError|SyntaxError|Unexpected token/);
      }
      await s3().deletePublicAccessBlock({ Bucket: 'fine' });
      const finding = { control: 'S3.8', resource: 'arn:aws:s3:::fine' };
      await worldAt(url()).finding({ ...finding, status: 'FAILED' });
      const healed = await reported(...stack, '--tag', 'env=prod');
      expect(names(healed.failures)).toEqual(['fine', 'lab', 'shop']);
      expect(healed.gaps.join('\n')).toMatch(/Nobody knows how 1 resource stands/);
    });
  });
});
