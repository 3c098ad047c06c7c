import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { Organizations } from '@aws-sdk/client-organizations';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { createPosture } from '../../lib/aws/stores/posture.ts';
import { createRoster } from '../../lib/aws/stores/roster.ts';
import { ofPlaces } from '../../lib/cli/accounts/of-accounts.ts';
import { deployed } from '../../lib/cli/deployed.ts';
import { keyOf } from '../../lib/engine/changes/change.ts';
import type { ResourceRow } from '../../lib/engine/posture/row.ts';
import { type Endpoint, startEndpoint } from '../../lib/local/endpoint/endpoint.ts';
import { type Moto, startMoto } from '../../lib/local/moto/moto.ts';
import { tableCalled } from '../fakes/fresh-table.ts';
import { inProcess } from './run.ts';

const hub = '123456789012';
const keys = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' };
const table = 'Plumbline-Posture';

/** A bucket that is public. */
const rowIn = (account: string, region: string): ResourceRow => {
  const readAt = new Date().toISOString();
  const id = `of-${account}-${region}`;
  return {
    type: 'AWS::S3::Bucket',
    ref: { account, region, id },
    arn: `arn:aws:s3:::${id}`,
    version: 1,
    readAt,
    stampedAt: readAt,
    tags: {},
    controls: {
      'S3.8': {
        verdict: { status: 'FAIL', reason: 'the bucket has no public access block' },
        lastKnown: 'FAIL',
        since: readAt,
        firstSeenAt: readAt,
        readAt,
        episodes: 1,
        causes: [],
      },
    },
  };
};

describe('the accounts of an organization, on the command line', () => {
  let moto: Moto;
  let endpoint: Endpoint;
  let folder = '';
  let unit = '';
  let organizationId = '';
  let file = '';
  /** Ids by name: one in a unit, one at the root, one in the unit that is closed. */
  const ids: Record<'within' | 'atRoot' | 'closed', string> = {
    within: '',
    atRoot: '',
    closed: '',
  };
  const assumed: string[] = [];
  const settings = () => ({
    endpoint: moto.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
  });

  const organize = async () => {
    const organizations = new Organizations(settings());
    const { Organization } = await organizations.createOrganization({ FeatureSet: 'ALL' });
    organizationId = Organization?.Id ?? '';
    const { Roots } = await organizations.listRoots({});
    const root = Roots?.[0]?.Id ?? '';
    const { OrganizationalUnit } = await organizations.createOrganizationalUnit({
      ParentId: root,
      Name: 'prod',
    });
    unit = OrganizationalUnit?.Id ?? '';
    for (const name of ['within', 'atRoot', 'closed'] as const) {
      const { CreateAccountStatus: made } = await organizations.createAccount({
        AccountName: name,
        Email: `${name}@example.com`,
      });
      ids[name] = made?.AccountId ?? '';
      if (name === 'atRoot') continue;
      await organizations.moveAccount({
        AccountId: ids[name],
        SourceParentId: root,
        DestinationParentId: unit,
      });
    }
    await organizations.closeAccount({ AccountId: ids.closed });
    return root;
  };
  /** A stack that has the outputs of a hub, and a table with the accounts as they were listed. */
  const standWith = async (root: string) => {
    const outputs = {
      GovernedOrganization: organizationId,
      PostureTable: table,
      LedgerTable: 'Plumbline-Ledger',
      ImagesBucket: 'images',
      RemediationsQueue: 'https://sqs.us-east-1.amazonaws.com/1/x',
      ExternalId: { Ref: 'AWS::StackId' },
    };
    const { GovernedOrganization, PostureTable } = outputs;
    // One that changes nothing, and so has no ledger.
    const observing = { GovernedOrganization, PostureTable };
    for (const [StackName, said] of Object.entries({ Plumbline: outputs, Observing: observing }))
      await new CloudFormation(settings()).createStack({
        StackName,
        TemplateBody: JSON.stringify({
          Resources: { Queue: { Type: 'AWS::SQS::Queue' } },
          Outputs: Object.fromEntries(Object.entries(said).map(([id, Value]) => [id, { Value }])),
        }),
      });
    const dynamodb = new DynamoDB(settings());
    await dynamodb.createTable(tableCalled(table));
    const seenAt = new Date().toISOString();
    const active = { state: 'ACTIVE', seenAt };
    const dynamoDb = DynamoDBDocument.from(dynamodb);
    const roster = createRoster(dynamoDb, table);
    const posture = createPosture(dynamoDb, table);
    for (const [account, region] of [
      [hub, 'us-east-1'],
      [ids.within, 'us-east-1'],
      [ids.within, 'eu-west-1'],
    ] as const) {
      const row = rowIn(account, region);
      await posture.write(keyOf(row), undefined, row, row.readAt);
    }
    await roster.write(
      {
        organization: organizationId,
        listedAt: seenAt,
        accounts: [
          { id: hub, name: 'hub', path: [root], ...active },
          { id: ids.atRoot, name: 'atRoot', path: [root], ...active },
          { id: ids.within, name: 'within', path: [root, unit], ...active },
          {
            id: ids.closed,
            name: 'closed',
            path: [root, unit],
            seenAt,
            state: 'SUSPENDED',
            endedAt: seenAt,
          },
        ],
      },
      undefined,
    );
  };

  beforeAll(async () => {
    [moto, folder] = await Promise.all([
      startMoto(),
      mkdtemp(join(tmpdir(), 'plumbline-organization-')),
    ]);
    await standWith(await organize());
    file = join(folder, 'plumbline.yaml');
    const off = `{ organizationalUnit: ${unit}, controls: { S3.5: { enabled: false } } }`;
    const governed = `organization: { id: ${organizationId}, overrides: [${off}] }`;
    await writeFile(file, `${governed}\nregions: [us-east-1, eu-west-1]\n`);
    endpoint = await startEndpoint({
      port: 0,
      moto,
      before: [
        async (call) => {
          if (call.operation === 'AssumeRole')
            assumed.push(`${call.input['RoleArn']} ${call.input['ExternalId']}`);
          return undefined;
        },
      ],
      after: [],
    });
  }, 60_000);
  afterAll(async () => {
    await endpoint.close();
    await moto.stop();
    await rm(folder, { recursive: true });
  });

  const run = (...args: readonly string[]) => {
    assumed.length = 0;
    return inProcess([...args, '--baseline', file], { ...keys, AWS_ENDPOINT_URL: endpoint.url });
  };
  const scan = (...args: readonly string[]) => run('scan', '--control', 'S3.8', '--json', ...args);
  const looked = (stdout: string): readonly string[] =>
    JSON.parse(stdout)
      .accounts.map(({ account }: { account: string }) => account)
      .sort();

  it('are those of --account all, by the role that stands there, without what has ended', async () => {
    const { stdout, stderr } = await scan('--account', 'all');
    expect(stderr).not.toContain('was not looked at');
    expect(looked(stdout)).toEqual([hub, ids.atRoot, ids.within].sort());
    expect(JSON.parse(stdout).left).toEqual([{ account: ids.closed, why: 'closed is suspended' }]);
    expect(assumed).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          `^arn:aws:iam::${ids.within}:role/Plumbline-Read arn:aws:cloudformation:us-east-1:${hub}:stack/Plumbline/`,
        ),
      ]),
    );
  }, 60_000);

  it('are those of a unit, of which its overrides count', async () => {
    const of = ['--organizational-unit', unit, '--control', 'S3.5'] as const;
    const { stdout } = await scan(...of);
    const report = JSON.parse(stdout);
    // One account is left of the unit, and one was closed.
    expect(looked(stdout)).toEqual([ids.within]);
    expect(report.left).toHaveLength(1);
    const planned = await run('plan', '--json', '--control', 'S3.5', '--account', ids.within);
    expect(planned.stderr).toBe(
      `the baseline turns off in account ${ids.within} whatever is asked for: leave the account out, or name another control\n`,
    );
  }, 60_000);

  it('are those that the organization lists, in a unit of it', async () => {
    const by = ['--organization', '--role', 'Audit'] as const;
    const { stdout } = await scan(...by, '--organizational-unit', unit);
    expect(looked(stdout)).toEqual([ids.within]);
    expect(JSON.parse(stdout).left).toMatchObject([{ account: ids.closed }]);
    const { stderr } = await scan(...by, '--organizational-unit', 'ou-none-00000000');
    expect(stderr).toMatch(/^no account is in the unit ou-none-00000000; /);
  }, 60_000);

  it('count by what is said of their unit, though nothing is deployed that knows it', async () => {
    const by = ['--organization', '--role', 'Audit', '--json', '--control', 'S3.5'] as const;
    const refused = await run('scan', ...by, '--account', ids.within);
    expect(refused.stdout + refused.stderr).toContain(
      `the baseline turns off in account ${ids.within} whatever is asked for`,
    );
    const { stdout } = await run('scan', ...by, '--account', ids.atRoot);
    expect(JSON.parse(stdout).account).toBe(ids.atRoot);
  }, 60_000);

  it('are refused where they are none, or nobody knows them', async () => {
    for (const [args, sentence] of [
      [['--account', '999999999999'], /^the baseline does not govern account 999999999999/],
      [['--organizational-unit', 'prod'], /^--organizational-unit is prod; give ids such as ou-/],
      [
        ['--organizational-unit', unit, '--account', ids.atRoot],
        /^no account that is named is in the organizational units that are named\n$/,
      ],
    ] as const) {
      const { code, stderr } = await scan(...args);
      expect(stderr).toMatch(sentence);
      expect(code).toBe(2);
    }
    await writeFile(join(folder, 'other.yaml'), 'organization: { id: o-another1234 }\n');
    const { code, stderr } = await inProcess(
      ['scan', '--account', 'all', '--role', 'Audit', '--baseline', join(folder, 'other.yaml')],
      { ...keys, AWS_ENDPOINT_URL: endpoint.url },
    );
    expect(stderr).toMatch(/^the accounts of the organization are not known: /);
    expect(code).toBe(2);
  }, 60_000);

  const report = async (...args: readonly string[]) => {
    const out = join(folder, 'report.json');
    const asked = ['--standard', 'fsbp-1.0.0', '--stack', 'Observing', '--format', 'json'];
    const { code, stderr } = await run('report', ...asked, '--out', out, ...args);
    if (stderr !== '') return { code, stderr };
    const { failures, ...made } = JSON.parse(await readFile(out, 'utf8'));
    const failing = failures.map(({ arn }: { arn: string }) =>
      arn.slice('arn:aws:s3:::of-'.length),
    );
    return { code, stderr, made, failing: failing.sort() };
  };

  it('are those of a report of what the installation knows, by account, unit and region', async () => {
    const [east, west] = [`${ids.within}-us-east-1`, `${ids.within}-eu-west-1`];
    const all = await report();
    expect(all.failing).toEqual([`${hub}-us-east-1`, east, west].sort());
    // Of an account that is governed nothing is known: that is told, and no requirement is met in whole.
    expect(all.made?.notLookedAt).toEqual([{ account: ids.atRoot, why: 'nothing is known of it' }]);
    expect(all.code).toBe(2);
    expect((await report('--account', ids.within)).failing).toEqual([west, east].sort());
    expect((await report('--organizational-unit', unit)).failing).toEqual([west, east].sort());
    const both = await report('--organizational-unit', unit, '--region', 'eu-west-1');
    expect(both.failing).toEqual([west]);
    expect(both.made?.scans).toMatchObject([{ account: ids.within, regions: ['eu-west-1'] }]);
    const hubAlone = await report('--account', hub, '--region', 'eu-west-1');
    expect([hubAlone.failing, hubAlone.made?.notLookedAt]).toEqual([[], undefined]);
    for (const [args, sentence] of [
      [['--account', '999999999999'], /^Plumbline does not govern account 999999999999/],
      [['--account', ids.atRoot], `Observing knows nothing of account ${ids.atRoot}\n`],
      [['--region', 'us-east-2'], /^Plumbline does not govern us-east-2/],
      [['--organizational-unit', 'ou-none-00000000'], /^no account is in the unit ou-none-0000/],
      [['--organizational-unit', unit, '--account', hub], /^no active account that is named/],
      [['--tag', 'env'], /^--tag is env, and Observing keeps no tags: name env under reportTags/],
    ] as const) {
      const { code, stderr } = await report(...args);
      expect([code, stderr]).toEqual([
        2,
        typeof sentence === 'string' ? sentence : expect.stringMatching(sentence),
      ]);
    }
  }, 120_000);

  it('are known to whatever works with the deployed stack, by account and by unit', async () => {
    const before = { ...process.env };
    Object.assign(process.env, keys, { AWS_ENDPOINT_URL: endpoint.url });
    try {
      const plumbline = await deployed({ stack: 'Plumbline', baseline: file });
      expect(plumbline.baseline.accounts).toEqual([ids.atRoot, ids.within].sort());
      expect(plumbline.roster?.accounts.map(({ id }) => id)).toContain(ids.closed);
      const isShown = ofPlaces({ 'organizational-unit': [unit] }, plumbline);
      const shown = [hub, ids.atRoot, ids.within, ids.closed].filter((account) =>
        isShown({ account }),
      );
      expect(shown).toEqual([ids.within, ids.closed]);
      const narrower = ofPlaces(
        { 'organizational-unit': [unit], account: [ids.within] },
        plumbline,
      );
      expect(narrower({ account: ids.closed })).toBe(false);
      expect(narrower({})).toBe(true);
      const close = `${unit.slice(0, -1)}${unit.endsWith('z') ? 'y' : 'z'}`;
      expect(() => ofPlaces({ 'organizational-unit': [close] }, plumbline)).toThrow(
        `no account is in the unit ${close}; did you mean ${unit}?`,
      );
      expect(() =>
        ofPlaces({ 'organizational-unit': [unit] }, { ...plumbline, roster: undefined }),
      ).toThrow('Plumbline knows no organizational units');
    } finally {
      for (const name of Object.keys(process.env)) delete process.env[name];
      Object.assign(process.env, before);
    }
  }, 60_000);

  it.each(['actions', 'exemptions'])(
    '%s refuses a unit that no account is in',
    async (command) => {
      const { code, stderr } = await run(command, '--organizational-unit', 'ou-none-00000000');
      expect(stderr).toMatch(/^no account is in the unit ou-none-00000000; /);
      expect(code).toBe(2);
    },
    60_000,
  );
});
