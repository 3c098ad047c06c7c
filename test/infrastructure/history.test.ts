import { Match } from 'aws-cdk-lib/assertions';
import { synthesised } from './synthesised.ts';

const without = 'presets: [own]\n';
const templateOf = async (baseline: string) => (await synthesised(baseline)).template;
const resourcesOf = async (baseline: string) =>
  Object.entries((await templateOf(baseline)).toJSON()['Resources'] as Record<string, unknown>);
const plain = (resource: unknown): string =>
  // The bundle holds the baseline, which differs.
  JSON.stringify(resource)
    .replaceAll(/[0-9a-f]{64}(\.zip)?/g, 'code')
    .replaceAll(/"plumbline:codeSha256":"[^"]+"/g, '');

describe('a history', () => {
  it('adds what it needs, and changes nothing else but what names it', async () => {
    const before = new Map(await resourcesOf(without));
    const after = new Map(await resourcesOf(`${without}history: true\n`));
    const added = [...after.keys()].filter((id) => !before.has(id));
    expect(added.filter((id) => !id.startsWith('History'))).toEqual([]);
    expect([...before.keys()].filter((id) => !after.has(id))).toEqual([]);
    const changed = [...before].filter(([id, one]) => plain(one) !== plain(after.get(id)));
    // Who may write rows and leave messages, which functions have errors, and which buckets are the stack's own.
    expect(changed.map(([id]) => id.replace(/[0-9A-F]{8}$/, '')).sort()).toEqual([
      'AlarmsErrors',
      'AlarmsThrottles',
      'EvaluateFunction',
      'EventsUndeliveredPolicy',
      'Posture',
    ]);
  });

  it('is not there where nobody asks for it', async () => {
    const ids = (await resourcesOf(without)).map(([id]) => id);
    expect(ids.filter((id) => id.startsWith('History'))).toEqual([]);
  });

  it('is written by a role that may put files, and neither read nor delete them', async () => {
    const template = await templateOf(`${without}history: true\n`);
    const policies = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([id]) =>
      id.startsWith('HistoryRole'),
    );
    const actions = policies
      .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement)
      .flatMap(({ Action }) => Action)
      .sort();
    expect(actions).toEqual([
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:Scan',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      's3:PutObject',
    ]);
  });

  it('keeps verdicts and people for as long as the baseline says, and locks where it says so', async () => {
    const template = await templateOf(
      `${without}history: { days: 500, peopleDays: 30, lock: true }\n`,
    );
    template.hasResourceProperties('AWS::S3::Bucket', {
      ObjectLockEnabled: true,
      VersioningConfiguration: { Status: 'Enabled' },
      LifecycleConfiguration: {
        Rules: Match.arrayWith([
          Match.objectLike({ Prefix: 'verdicts/', ExpirationInDays: 531 }),
          Match.objectLike({
            Prefix: 'people/',
            ExpirationInDays: 30,
            NoncurrentVersionExpiration: { NoncurrentDays: 1 },
          }),
        ]),
      },
    });
    const open = await templateOf(`${without}history: true\n`);
    expect(JSON.stringify(open.toJSON())).not.toContain('ObjectLockEnabled');
  });
});
