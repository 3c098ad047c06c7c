import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Match } from 'aws-cdk-lib/assertions';
import { everyControl } from '../../lib/controls/every.ts';
import {
  attestationsBeside,
  baselineFrom,
  frameworksBeside,
} from '../../lib/infrastructure/baseline-file.ts';
import { nagged, synthesised } from './synthesised.ts';

const own = 'presets: [own]\n';
const weekly = `${own}reports: [{ standard: fsbp-1.0.0, every: week, to: bucket }]\n`;
const templateOf = async (baseline: string) => (await synthesised(baseline)).template;
const idsOf = async (baseline: string) =>
  Object.keys((await templateOf(baseline)).toJSON()['Resources'] as Record<string, unknown>);
type Statement = { Action: string | string[]; Resource: unknown; Condition?: unknown };
const statementsOf = async (baseline: string): Promise<readonly Statement[]> =>
  Object.entries((await templateOf(baseline)).findResources('AWS::IAM::Policy'))
    .filter(([id]) => id.startsWith('ReportsRole'))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
const actionsOf = (statements: readonly Statement[]) =>
  [...new Set(statements.flatMap(({ Action }) => Action))].sort();

describe('reports by the clock', () => {
  it('are a part of their own, which is not there where nobody asks for it', async () => {
    const before = new Set(await idsOf(own));
    const added = (await idsOf(weekly)).filter((id) => !before.has(id));
    expect(added.length).toBeGreaterThan(5);
    expect(added.filter((id) => !id.startsWith('Reports'))).toEqual([]);
    expect([...before].filter((id) => id.startsWith('Reports'))).toEqual([]);
  });

  it('are kept in a bucket that is versioned, closed, encrypted, by TLS alone, for a time', async () => {
    const template = await templateOf(weekly);
    template.hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'Retain',
      Properties: {
        VersioningConfiguration: { Status: 'Enabled' },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        BucketEncryption: Match.anyValue(),
        LifecycleConfiguration: {
          Rules: Match.arrayWith([Match.objectLike({ ExpirationInDays: 400 })]),
        },
      },
    });
    const [policy] = Object.entries(template.findResources('AWS::S3::BucketPolicy'))
      .filter(([id]) => id.startsWith('ReportsFiles'))
      .map(([, { Properties }]) => Properties.PolicyDocument.Statement);
    expect(policy).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
    expect(policy).toContainEqual(
      expect.objectContaining({ Effect: 'Deny', Action: 's3:PutObject', Sid: 'Files' }),
    );
  });

  it('are written by a role that may put below one prefix, read the table and tell the topic', async () => {
    const statements = await statementsOf(weekly);
    expect(actionsOf(statements)).toEqual([
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:Scan',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      's3:PutObject',
      'sns:Publish',
    ]);
    const put = statements.find(({ Action }) => Action === 's3:PutObject');
    expect(JSON.stringify(put?.Resource)).toMatch(/"\/reports\/\*"/);
  });

  it('may read a history and a ledger where there is one, and change neither', async () => {
    const all = await statementsOf(
      `${weekly}history: true\ncontrols: { S3.8: { mode: plan } }\noperators: [arn:aws:iam::123456789012:role/ops]\n`,
    );
    expect(actionsOf(all)).toEqual([
      'dynamodb:GetItem',
      'dynamodb:Query',
      'dynamodb:Scan',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      's3:GetObject',
      's3:ListBucket',
      's3:PutObject',
      'sns:Publish',
    ]);
    const [people] = all.filter(({ Resource }) => JSON.stringify(Resource).includes('people/'));
    expect(people).toBeUndefined();
  });

  it('come each by a rule of its own time, after the day before was written', async () => {
    const template = await templateOf(
      `${own}reports: [{ standard: fsbp-1.0.0, every: day }, { standard: soc2-2017, every: day }, { standard: soc2-2017, every: month }]\n`,
    );
    const rules = Object.entries(template.findResources('AWS::Events::Rule'))
      .filter(([id]) => id.startsWith('Reports'))
      .map(([, { Properties }]) => [Properties.ScheduleExpression, Properties.Targets[0].Input]);
    expect(rules.toSorted()).toEqual([
      ['cron(0 8 * * ? *)', '{"every":"day"}'],
      ['cron(0 8 1 * ? *)', '{"every":"month"}'],
    ]);
  });

  it('pass the rules of cdk-nag', async () => {
    const { stack } = await synthesised(`${weekly}history: true\n`);
    expect(nagged(stack)).toEqual([]);
  });

  const refused: Readonly<Record<string, readonly [string, RegExp]>> = {
    'a framework that there is not': [
      '[{ standard: cis-aws-5.0, every: week }]',
      /reports\.1\.standard is "cis-aws-5\.0"; did you mean cis-aws-5\.0\.0\?/,
    ],
    'a file in another folder': [
      '[{ standard: ../house.yaml, every: week }]',
      /allowed: a YAML file beside the baseline, by its name, such as house\.yaml/,
    ],
    'another time': [
      '[{ standard: fsbp-1.0.0, every: hour }]',
      /every is "hour"; allowed: day, week, month/,
    ],
    'another place': [
      '[{ standard: fsbp-1.0.0, every: day, to: mail }]',
      /to is "mail"; allowed: bucket, which is one of the stack's own/,
    ],
    'the same twice': [
      '[{ standard: fsbp-1.0.0, every: day }, { standard: fsbp-1.0.0, every: day }]',
      /reports\.2 .*stands there already/,
    ],
    'a key that means nothing': [
      '[{ standard: fsbp-1.0.0, every: day, format: pdf }]',
      /allowed: standard, every, to/,
    ],
    'what is no list': ['{ standard: fsbp-1.0.0 }', /allowed: a list of reports/],
  };
  it.each(Object.entries(refused))('%s is refused with a sentence', (_, [yaml, said]) => {
    expect(() => baselineFrom(`reports: ${yaml}\n`, 'plumbline.yaml', everyControl)).toThrow(said);
  });

  it('take frameworks of somebody’s own from beside the baseline', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'plumbline-own-'));
    const file = join(folder, 'plumbline.yaml');
    const yaml =
      'reports: [{ standard: house.yaml, every: day }, { standard: fsbp-1.0.0, every: day }]\n';
    const baseline = baselineFrom(yaml, file, everyControl);
    const beside = () => frameworksBeside(baseline, everyControl, file);
    expect(beside).toThrow(
      /^reports name house\.yaml, and there is no .*house\.yaml beside the baseline$/,
    );
    const house = (id: string, control: string) =>
      writeFile(
        join(folder, 'house.yaml'),
        `{ id: ${id}, title: House, date: 2026-11-30, requirements: [{ id: a, controls: [${control}] }] }`,
      );
    await house('house', 'S3.8');
    expect(beside()).toMatchObject({ 'house.yaml': { id: 'house', controls: { a: ['S3.8'] } } });
    await house('house', 'S3.88');
    expect(beside).toThrow(/there is no control S3\.88; did you mean/);
    await house('fsbp-1.0.0', 'S3.8');
    expect(beside).toThrow(/the id fsbp-1\.0\.0 is of a framework that is built in$/);
    await rm(folder, { recursive: true });
  });

  it('take what people attest from beside the baseline', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'plumbline-attested-'));
    const file = join(folder, 'plumbline.yaml');
    expect(attestationsBeside(file)).toEqual([]);
    const attested = {
      standard: 'soc2-2017',
      requirement: 'CC1.1',
      by: 'ann',
      until: '2027-01-31',
      link: 'https://wiki.example.com/cc1',
    };
    await writeFile(
      join(folder, 'plumbline-attestations.yaml'),
      JSON.stringify({ attestations: [attested] }),
    );
    expect(attestationsBeside(file)).toEqual([attested]);
    await rm(folder, { recursive: true });
  });
});
