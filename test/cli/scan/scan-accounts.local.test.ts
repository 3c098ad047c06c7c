import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Organizations } from '@aws-sdk/client-organizations';
import { S3 } from '@aws-sdk/client-s3';
import { STS } from '@aws-sdk/client-sts';
import { errorAnswer } from '../../../lib/local/endpoint/answer.ts';
import { type Endpoint, startEndpoint } from '../../../lib/local/endpoint/endpoint.ts';
import { type Moto, startMoto } from '../../../lib/local/moto/moto.ts';
import { inProcess, plumbline } from '../run.ts';

const own = '123456789012';
const keys = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' };
const testing = { accessKeyId: 'testing', secretAccessKey: 'testing' };

describe('plumbline scan, of several accounts', () => {
  let moto: Moto;
  let endpoint: Endpoint;
  let folder = '';
  /** Ids by name: one that lets in, one that refuses, one that is closed. */
  const ids: Record<'open' | 'shut' | 'closed', string> = { open: '', shut: '', closed: '' };
  const assumed: Record<string, unknown>[] = [];
  beforeAll(async () => {
    [moto, folder] = await Promise.all([startMoto(), mkdtemp(join(tmpdir(), 'plumbline-scans-'))]);
    const settings = { endpoint: moto.url, region: 'us-east-1', credentials: testing };
    const organizations = new Organizations(settings);
    await organizations.createOrganization({ FeatureSet: 'ALL' });
    for (const name of ['open', 'shut', 'closed'] as const) {
      const { CreateAccountStatus: made } = await organizations.createAccount({
        AccountName: name,
        Email: `${name}@example.com`,
      });
      ids[name] = made?.AccountId ?? '';
    }
    await organizations.closeAccount({ AccountId: ids.closed });
    const { Credentials: there } = await new STS(settings).assumeRole({
      RoleArn: `arn:aws:iam::${ids.open}:role/any`,
      RoleSessionName: 'any',
    });
    const member = {
      accessKeyId: there?.AccessKeyId ?? '',
      secretAccessKey: there?.SecretAccessKey ?? '',
      sessionToken: there?.SessionToken ?? '',
    };
    for (const [Bucket, credentials] of [
      ['of-caller', testing],
      ['of-member', member],
    ] as const) {
      const s3 = new S3({ ...settings, credentials, forcePathStyle: true });
      await s3.createBucket({ Bucket });
      await s3.deletePublicAccessBlock({ Bucket });
    }
    endpoint = await startEndpoint({
      port: 0,
      moto,
      before: [
        async (call) => {
          if (call.operation !== 'AssumeRole') return undefined;
          assumed.push({ ...call.input });
          const isShut = String(call.input['RoleArn']).includes(`::${ids.shut}:`);
          return isShut
            ? errorAnswer(call, { code: 'AccessDenied', status: 403, message: 'not by you' })
            : undefined;
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

  const scan = (...args: readonly string[]) =>
    inProcess(['scan', '--control', 'S3.8', ...args], { ...keys, AWS_ENDPOINT_URL: endpoint.url });
  const organization = ['--organization', '--role', 'Audit'] as const;

  it('looks at each active account of the organization, with nothing deployed', async () => {
    const { code, stdout, stderr } = await scan(...organization, '--external-id', 'ours');
    const [, first = '', second = ''] = stdout.split(/^account /m);
    const [caller, member] = first.startsWith(own) ? [first, second] : [second, first];
    expect(caller).toMatch(new RegExp(`^${own}\n[^]*arn:aws:s3:::of-caller`));
    expect(member).toMatch(new RegExp(`^${ids.open}\n[^]*arn:aws:s3:::of-member`));
    expect(caller).not.toContain('of-member');
    expect(stdout).toContain('2 accounts: 2 failed, 0 exempted, 0 unknown, 0 passed\n');
    expect(stdout).toContain(
      `account ${ids.closed} was not looked at: closed is suspended, so that nothing can be there\n`,
    );
    expect(stderr).toBe(
      `account ${ids.shut} was not looked at: it lets us not in: not by you. This scan is not complete.\n`,
    );
    expect(code).toBe(2);
    expect(assumed).toContainEqual(
      expect.objectContaining({
        RoleArn: `arn:aws:iam::${ids.open}:role/Audit`,
        ExternalId: 'ours',
      }),
    );
    expect(assumed.map(({ RoleArn }) => RoleArn)).not.toContain(
      `arn:aws:iam::${ids.closed}:role/Audit`,
    );
  }, 60_000);

  it('tells the same as JSON, and saves a scan for each account', async () => {
    const out = join(folder, 'scan.json');
    const { stdout } = await scan(...organization, '--json', '--out', out);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({
      schema: 'plumbline-scans/1',
      counts: { failed: 2 },
      notLookedAt: [{ account: ids.shut, why: 'it lets us not in: not by you' }],
      left: [{ account: ids.closed }],
    });
    expect(report.accounts.map(({ account }: { account: string }) => account).sort()).toEqual(
      [own, ids.open].sort(),
    );
    for (const account of [own, ids.open])
      expect(
        JSON.parse(await readFile(join(folder, `scan-${account}.json`), 'utf8')),
      ).toMatchObject({ schema: 'plumbline-scan/1', account, counts: { failed: 1 } });
    const saved = [own, ids.open].flatMap((id) => ['--scan', join(folder, `scan-${id}.json`)]);
    const both = join(folder, 'report.json');
    const asked = ['--standard', 'fsbp-1.0.0', '--format', 'json', '--out', both];
    await plumbline(['report', ...saved, ...asked]);
    expect(await readFile(both, 'utf8')).toContain(ids.open);
  }, 60_000);

  const report = async (...args: readonly string[]) => {
    const out = join(folder, 'anew.json');
    const asked = ['--standard', join(folder, 'house.yaml'), '--format', 'json', '--out', out];
    await writeFile(
      join(folder, 'house.yaml'),
      '{ id: house, title: House, date: 2026-11-30, requirements: [{ id: a, controls: [S3.8] }] }',
    );
    const { code, stderr } = await inProcess(
      ['report', ...asked, '--region', 'us-east-1', ...args],
      { ...keys, AWS_ENDPOINT_URL: endpoint.url },
    );
    return {
      code,
      stderr,
      made: code === 2 && stderr !== '' ? undefined : JSON.parse(await readFile(out, 'utf8')),
    };
  };
  const failing = ({ failures }: { failures: { account: string; arn: string }[] }) =>
    failures.map(({ account, arn }) => [account, arn]).sort();

  it('is reported at once, with what could not be looked at', async () => {
    const kept = join(folder, 'kept.json');
    const { code, stderr, made } = await report(...organization, '--keep', kept);
    expect(stderr).toBe('');
    expect(code).toBe(2);
    expect(failing(made)).toEqual(
      [
        [own, 'arn:aws:s3:::of-caller'],
        [ids.open, 'arn:aws:s3:::of-member'],
      ].sort(),
    );
    expect(made.notLookedAt).toEqual([{ account: ids.shut, why: 'it lets us not in: not by you' }]);
    expect(made.gaps.join('\n')).toContain(`Account ${ids.closed} was not looked at: `);
    expect(made.frameworks[0].requirements).toMatchObject([{ status: 'FAILED', isPart: true }]);
    const again = await report('--scan', kept, '--scan', join(folder, 'kept-2.json'));
    expect([again.code, again.made.notLookedAt]).toEqual([2, made.notLookedAt]);
  }, 240_000);

  it('is reported of one account alone, and of resources with a tag', async () => {
    const { made, code } = await report('--account', ids.open, '--role', 'Audit');
    expect([code, failing(made)]).toEqual([1, [[ids.open, 'arn:aws:s3:::of-member']]]);
    const s3 = new S3({
      endpoint: moto.url,
      region: 'us-east-1',
      credentials: testing,
      forcePathStyle: true,
    });
    const Tagging = { TagSet: [{ Key: 'env', Value: 'prod' }] };
    await s3.putBucketTagging({ Bucket: 'of-caller', Tagging });
    const tagged = await report('--tag', 'env=prod');
    expect(failing(tagged.made)).toEqual([[own, 'arn:aws:s3:::of-caller']]);
    expect(tagged.made.gaps.join('\n')).toContain('resources with the tag env=prod');
    expect(failing((await report('--tag', 'env=test')).made)).toEqual([]);
    const shut = await report('--account', ids.shut, '--role', 'Audit');
    expect([shut.code, shut.stderr]).toEqual([
      2,
      'no account was looked at: it lets us not in: not by you\n',
    ]);
  }, 240_000);

  it('ends with 1 where every account was looked at', async () => {
    const { code, stderr } = await scan(...organization, '--account', `${own},${ids.open}`);
    expect(stderr).toBe('');
    expect(code).toBe(1);
  }, 60_000);

  it('looks at one account as at its own, by a role that is named', async () => {
    const { code, stdout } = await scan('--account', ids.open, '--role', 'Audit');
    expect(stdout).toMatch(new RegExp(`^account +${ids.open}`));
    expect(stdout).toContain('arn:aws:s3:::of-member');
    expect(code).toBe(1);
    const refused = await scan('--account', ids.shut, '--role', 'Audit');
    expect(refused.stderr).toBe(
      `account ${ids.shut} cannot be looked at: it lets us not in: not by you\n`,
    );
    expect(refused.code).toBe(2);
  }, 60_000);

  it('plans in each account', async () => {
    const { code, stdout } = await inProcess(
      ['plan', '--control', 'S3.8', '--account', `${own},${ids.open}`, '--role', 'Audit', '--json'],
      { ...keys, AWS_ENDPOINT_URL: endpoint.url },
    );
    expect(JSON.parse(stdout)).toMatchObject({
      accounts: [
        { account: own, plans: [{ resource: 'arn:aws:s3:::of-caller' }] },
        { account: ids.open, plans: [{ resource: 'arn:aws:s3:::of-member' }] },
      ],
      notLookedAt: [],
      left: [],
    });
    expect(code).toBe(1);
  }, 60_000);

  it('leaves out what the baseline turns off in an account, and looks at each account once', async () => {
    const file = join(folder, 'plumbline.yaml');
    const off = `{ id: '${ids.open}', controls: { S3.8: { enabled: false } } }`;
    await writeFile(file, `accounts: [${off}, '${own}']\n`);
    const all = ['--account', 'all', '--role', 'Audit', '--baseline', file, '--json'] as const;
    const environment = { ...keys, AWS_ENDPOINT_URL: endpoint.url };
    const failing = async (command: string) => {
      const both = ['--control', 'S3.8', '--control', 'S3.5'] as const;
      const { stdout, stderr } = await inProcess([command, ...both, ...all], environment);
      expect(stderr).toBe('');
      return JSON.parse(stdout).accounts;
    };
    const controlsOf = (list: readonly { readonly control: string }[]) =>
      list.map(({ control }) => control).sort();
    const scanned: readonly { account: string; hub?: string; results: { control: string }[] }[] =
      await failing('scan');
    expect(scanned.map(({ account, hub, results }) => [account, hub, controlsOf(results)])).toEqual(
      [
        [own, undefined, ['S3.5', 'S3.8']],
        [ids.open, own, ['S3.5']],
      ],
    );
    const planned: readonly { account: string; plans: { failures: { control: string }[] }[] }[] =
      await failing('plan');
    expect(
      planned.map(({ account, plans }) => [
        account,
        controlsOf(plans.flatMap(({ failures }) => failures)),
      ]),
    ).toEqual([
      [own, ['S3.5', 'S3.8']],
      [ids.open, ['S3.5']],
    ]);
    const one = ['--account', ids.open, '--role', 'Audit', '--baseline', file] as const;
    const { code, stderr } = await scan(...one);
    expect(stderr).toMatch(
      new RegExp(`^the baseline turns off in account ${ids.open} whatever is asked for: `),
    );
    expect(code).toBe(2);
  }, 60_000);

  it('says what cannot be', async () => {
    for (const [args, sentence] of [
      [['--organization'], '--organization needs --role'],
      [['--role', 'Audit'], '--role goes with --account, --organizational-unit or --organization'],
      [['--account', '12'], '--account is 12; allowed: the 12 digits of an account, or all'],
      [['--account', ids.open], 'the baseline does not govern account'],
      [['--account', ids.open, '--external-id', 'x1'], '--external-id goes with --role'],
      [
        [...organization, '--account', '999999999999'],
        'the organization has no account 999999999999',
      ],
      [[...organization, '--known', 'package.json'], 'is no file that --write-known wrote'],
    ] as const) {
      const { code, stderr } = await scan(...args);
      expect(stderr).toContain(sentence);
      expect(code).toBe(2);
    }
  }, 60_000);
});
