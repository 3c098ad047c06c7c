import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { EC2 } from '@aws-sdk/client-ec2';
import { IAM } from '@aws-sdk/client-iam';
import { Lambda } from '@aws-sdk/client-lambda';
import { S3 } from '@aws-sdk/client-s3';
import { errorAnswer } from '../../../lib/local/endpoint/answer.ts';
import { startEndpoint } from '../../../lib/local/endpoint/endpoint.ts';
import { type Moto, startMoto } from '../../../lib/local/moto/moto.ts';
import { inProcess, plumbline, program } from '../run.ts';

const credentials = { accessKeyId: 'testing', secretAccessKey: 'testing' };
const keys = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' };
describe('plumbline scan', () => {
  let moto: Moto;
  let folder = '';
  beforeAll(async () => {
    [moto, folder] = await Promise.all([startMoto(), mkdtemp(join(tmpdir(), 'plumbline-scan-'))]);
    const options = {
      endpoint: moto.url,
      region: 'us-east-1',
      credentials,
    };
    const s3 = new S3({ ...options, forcePathStyle: true });
    for (const Bucket of ['open-one', 'closed-one', 'public-site'])
      await s3.createBucket({ Bucket });
    for (const Bucket of ['open-one', 'public-site']) await s3.deletePublicAccessBlock({ Bucket });
    await s3.putBucketTagging({
      Bucket: 'open-one',
      Tagging: { TagSet: [{ Key: 'data-class', Value: 'secret' }] },
    });
    for (const region of ['us-east-1', 'eu-central-1'])
      await new EC2({ ...options, region }).createSecurityGroup({
        GroupName: 'any',
        Description: 'any',
      });
  }, 60_000);
  afterAll(async () => {
    await moto.stop();
    await rm(folder, { recursive: true });
  });

  const scan = (...args: string[]) =>
    inProcess(['scan', ...args], { ...keys, AWS_ENDPOINT_URL: moto.url });
  const baseline = async (name: string, text: string) => {
    const file = join(folder, name);
    await writeFile(file, text);
    return file;
  };

  it('shows what failed, one line each in a pipe, and nothing on standard error', async () => {
    const { code, stdout, stderr } = await scan('--control', 'S3.8');
    const rows = stdout.split('\n').filter((line) => line.includes('│ S3.8'));
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatch(
      /standard +│ HIGH +│ S3\.8 +│ arn:aws:s3:::open-one +│ the bucket has no/,
    );
    expect(stdout).toMatch(/2 failed, 0 exempted, 0 unknown, 1 passed, .* 3 resources, \d+ calls/);
    expect(stderr).toBe('');
    expect(code).toBe(1);
  }, 60_000);

  it('tells the same as JSON, with evidence', async () => {
    const { code, stdout } = await scan('--control', 's3.8', '--json');
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ account: '123456789012', regions: ['us-east-1'] });
    expect(report.results[0]).toMatchObject({
      control: 'S3.8',
      resourceType: 'AWS::S3::Bucket',
      id: 'open-one',
      status: 'FAIL',
      priority: 'standard',
    });
    expect(report.results[0].evidence).toHaveLength(4);
    expect(code).toBe(1);
  }, 60_000);

  it('makes no call that its verdicts do not need', async () => {
    const { stdout } = await scan('--control', 'S3.8', '--json');
    // One listing, and one block for each of three buckets: no setting counts the tags of the two that fail.
    expect(JSON.parse(stdout).calls).toBe(4);
  }, 60_000);

  it('evaluates every type, in this region and in the home region', async () => {
    const { code, stdout } = await scan('--json', '--region', 'eu-west-1');
    const { results, counts } = JSON.parse(stdout);
    const places = new Set(
      results.map((each: Record<string, string>) => `${each['resourceType']} ${each['region']}`),
    );
    expect(places).toContain('AWS::EC2::SecurityGroup eu-west-1');
    expect(places).toContain('Plumbline::S3::Account us-east-1');
    expect(places).not.toContain('AWS::EC2::SecurityGroup us-east-1');
    expect(counts.failed).toBeGreaterThan(0);
    // moto lacks some calls: what could not be evaluated outweighs what failed.
    expect(counts.unknown).toBeGreaterThan(0);
    expect(code).toBe(2);
  }, 60_000);

  it('reads what Lambda makes of a permission, asked for by a call or by a template', async () => {
    const options = { endpoint: moto.url, region: 'us-west-2', credentials };
    const [iam, cloudFormation, lambda] = [
      new IAM(options),
      new CloudFormation(options),
      new Lambda(options),
    ];
    await iam.createRole({ RoleName: 'runs', AssumeRolePolicyDocument: '{"Statement":[]}' });
    const role = 'arn:aws:iam::123456789012:role/runs';
    const code = { ZipFile: 'exports.handler = () => {}' };
    const common = { Runtime: 'nodejs22.x', Handler: 'index.handler', Role: role, Code: code };
    const permission = { FunctionName: { Ref: 'F' }, Action: 'lambda:InvokeFunction' };
    const ofEvents = { Principal: 'events.amazonaws.com', SourceAccount: '123456789012' };
    const Resources = {
      F: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'ours', ...common } },
      P: { Type: 'AWS::Lambda::Permission', Properties: { ...permission, ...ofEvents } },
    };
    await cloudFormation.createStack({
      StackName: 'functions',
      TemplateBody: JSON.stringify({ Resources }),
    });
    const policyOf = async () => {
      const { Policy } = await lambda.getPolicy({ FunctionName: 'ours' });
      return JSON.parse(Policy ?? '').Statement;
    };
    const Resource = 'arn:aws:lambda:us-west-2:123456789012:function:ours';
    expect(await policyOf()).toEqual([
      {
        Sid: expect.any(String),
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'lambda:InvokeFunction',
        Resource,
        Condition: { StringEquals: { 'AWS:SourceAccount': '123456789012' } },
      },
    ]);
    await lambda.addPermission({
      FunctionName: 'ours',
      StatementId: 'url',
      Action: 'lambda:InvokeFunctionUrl',
      Principal: '*',
      FunctionUrlAuthType: 'NONE',
    });
    const { code: exit, stdout } = await scan('--control', 'Lambda.1', '--region', 'us-west-2');
    expect(stdout).toMatch(/CRITICAL +│ Lambda\.1 +│ \S+:function:ours +│/);
    expect(stdout).toContain('1 failed, 0 exempted, 0 unknown');
    expect(exit).toBe(1);
  }, 60_000);

  it('is not complete where a governed region is not enabled, or refuses everything', async () => {
    const forbidding = await startEndpoint({
      port: 0,
      moto,
      before: [
        async (call) =>
          call.region === 'eu-west-1'
            ? errorAnswer(call, { code: 'AccessDenied', status: 403, message: 'denied there' })
            : undefined,
      ],
      after: [],
    });
    const file = await baseline('regions.yaml', 'regions: [eu-west-1, me-south-1]\n');
    const out = join(folder, 'gaps.json');
    const { code, stderr } = await inProcess(
      ['scan', '--baseline', file, '--service', 's3,ec2,kms,rds', '--out', out],
      { ...keys, AWS_ENDPOINT_URL: forbidding.url },
    );
    await forbidding.close();
    expect(code).toBe(2);
    const off = 'me-south-1 was not looked at: it is not enabled in this account';
    const refused = 'eu-west-1 was not looked at: it refuses whatever is asked there: denied there';
    for (const sentence of [off, refused])
      expect(stderr).toContain(`${sentence}. This scan is not complete.`);
    expect(JSON.parse(await readFile(out, 'utf8'))).toMatchObject({
      regions: ['us-east-1'],
      gaps: [`${off}.`, `${refused}.`],
      notLookedAt: [
        { region: 'me-south-1', why: 'it is not enabled in this account' },
        { region: 'eu-west-1', why: 'it refuses whatever is asked there: denied there' },
      ],
    });
  }, 60_000);

  it('says how many verdicts are missing, and why', async () => {
    const { code, stdout, stderr } = await scan();
    // moto lacks some calls.
    const unknown = Number(/ (\d+) unknown,/.exec(stdout)?.[1]);
    expect(unknown).toBeGreaterThan(1);
    expect(stderr).toMatch(
      new RegExp(`^${unknown} verdicts are missing: .+\\. This scan is not complete\\.\n$`),
    );
    expect(code).toBe(2);
  }, 60_000);

  it('is not clean where nothing was evaluated', async () => {
    const { code, stdout, stderr } = await scan('--resource-type', 'AWS::RDS::DBInstance');
    expect(stdout).toMatch(/^0 failed, /m);
    expect(stderr).toBe(
      'Nothing was evaluated in account 123456789012, us-east-1: there is no resource of these types.\n',
    );
    expect(code).toBe(2);
  }, 60_000);

  it('names the tag that nothing has', async () => {
    const { code, stderr } = await scan('--service', 's3', '--tag', 'team=nobody');
    expect(stderr).toBe(
      'Nothing was evaluated in account 123456789012, us-east-1: there is no resource with the tag team=nobody.\n',
    );
    expect(code).toBe(2);
  }, 60_000);

  it('is clean where all that fails is exempted, and ranks a sensitive resource higher', async () => {
    const exempted = ['open-one', 'public-site'].map(
      (bucket) =>
        `  - { control: S3.8, resource: 'arn:aws:s3:::${bucket}', owner: web, reason: site, expires: 2999-12-31 }`,
    );
    const file = await baseline(
      'exempted.yaml',
      [
        'presets: []',
        'controls: { S3.8: {} }',
        'sensitivityTag: { key: data-class, values: [secret] }',
        'exemptions:',
        ...exempted,
      ].join('\n'),
    );
    const { code, stdout } = await scan('--baseline', file);
    expect(stdout).toMatch(/exempted +│ HIGH.*open-one.*exempted until 2999-12-31, owner web/);
    expect(stdout).toMatch(/0 failed, 2 exempted/);
    expect(code).toBe(0);
    const { results } = JSON.parse((await scan('--baseline', file, '--json')).stdout);
    expect(results[0]).toMatchObject({ id: 'open-one', priority: 'high' });
  }, 60_000);

  it('tells of exemptions that do nothing', async () => {
    const of = (resource: string) =>
      `{ control: S3.8, resource: '${resource}', owner: web, reason: site, expires: 2999-12-31 }`;
    const file = await baseline(
      'idle.yaml',
      `exemptions: [${of('public-site')}, ${of('no-such-bucket')}, ${of('arn:aws:rds:::x')}]`,
    );
    const { stdout } = await scan('--baseline', file, '--control', 'S3.8');
    expect(stdout.split('\n').filter((line) => line.startsWith('the exemption'))).toEqual([
      'the exemption of S3.8 for arn:aws:rds:::x by web: S3.8 evaluates AWS::S3::Bucket, and this is an ARN of rds',
      'the exemption of S3.8 for no-such-bucket by web: nothing that was evaluated needs it',
    ]);
  });

  it('does not count an exemption that has expired', async () => {
    const file = await baseline(
      'expired.yaml',
      'exemptions: [{ control: S3.8, resource: open-*, owner: web, reason: site, expires: 2020-01-31 }]',
    );
    const { code, stdout } = await scan('--baseline', file, '--control', 'S3.8');
    expect(stdout).toMatch(/2 failed, 0 exempted/);
    expect(code).toBe(1);
  }, 60_000);

  it('says first who looks and where, and last what was not looked at', async () => {
    const { stdout } = await scan('--service', 'ec2');
    const lines = stdout.split('\n');
    expect(lines.slice(0, 6)).toEqual([
      `account   123456789012, at ${moto.url}`,
      expect.stringMatching(/^as +arn:aws:sts::123456789012:/),
      'regions   us-east-1',
      'baseline  none: every control, with its defaults',
      expect.stringMatching(/^evaluates +\d+ controls on \d+ resource types$/),
      '',
    ]);
    const last = lines.slice(lines.indexOf('Not looked at'));
    expect(last.join('\n')).toMatch(/^Not looked at\n {2}eu-central-1 holds security groups\n/);
    expect(last).toContain('  what the options leave out');
  });

  it('counts by service and severity, and says what to do next', async () => {
    const { stdout } = await scan('--service', 's3', '--severity', 'high');
    expect(stdout).toMatch(/│ Service │ Critical │ High │/);
    expect(stdout).toMatch(/│ s3 +│ +· │ +2 │ +· │ +· │/);
    expect(stdout).toMatch(/^Next\n {2}npx --no-install plumbline explain S3\.8$/m);
  });

  const idsOf = (stdout: string) => [
    ...new Set<string>(JSON.parse(stdout).results.map((each: { control: string }) => each.control)),
  ];
  const filters: Record<string, [args: string[], ids: string[]]> = {
    'a list and a glob of controls': [
      ['--control', 's3.8,S3.1?,S3.9'],
      ['S3.8', 'S3.9', 'S3.11', 'S3.13', 'S3.14', 'S3.17'],
    ],
    severities: [['--service', 's3', '--severity', 'High'], ['S3.8']],
    'a standard': [
      ['--standard', 'cis-aws-3.0.0', '--service', 's3'],
      ['S3.5', 'S3.8', 'S3.20'],
    ],
    'a resource by a glob of its id': [
      ['--resource', 'closed-*', '--service', 's3', '--severity', 'low'],
      ['S3.13', 'S3.14', 'S3.20'],
    ],
    'a resource by its ARN': [
      ['--resource', 'arn:aws:s3:::closed-one', '--service', 's3', '--severity', 'low'],
      ['S3.13', 'S3.14', 'S3.20'],
    ],
    'a tag': [['--tag', 'data-class=secret', '--service', 's3', '--severity', 'high'], ['S3.8']],
    'a status': [
      ['--service', 's3', '--severity', 'high', '--status', 'pass', '--resource', 'open-one'],
      ['S3.6'],
    ],
  };
  it.each(Object.entries(filters))(
    'evaluates only what is asked for: %s',
    async (_, [args, ids]) => {
      const { stdout } = await scan(...args, '--json');
      expect(idsOf(stdout).sort()).toEqual([...ids].sort());
    },
  );

  it('shows a standard by its requirements', async () => {
    const { stdout } = await scan('--standard', 'cis-aws-3.0.0', '--service', 's3');
    expect(stdout).toContain('CIS AWS Foundations Benchmark v3.0.0, as far as');
    expect(stdout).toMatch(/│ 2\.1\.4 +│ failed +│ +2 │ +0 │ +0 │ +1 │ S3\.8 +│/);
  });

  it('shows every verdict with what was evaluated', async () => {
    const args = ['--control', 'S3.8', '--all', '--json'];
    const { results } = JSON.parse((await scan(...args)).stdout);
    const [closed] = results.filter((each: { id: string }) => each.id === 'closed-one');
    expect(closed).toMatchObject({
      status: 'PASS',
      evaluated: { publicAccessBlock: { BlockPublicAcls: true } },
    });
  });

  it('begins with a backlog: what is known counts no longer, what is new and what is put right is said', async () => {
    const file = join(folder, 'known.json');
    const s3 = new S3({
      endpoint: moto.url,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
    });
    const args = ['--control', 'S3.8'];
    await s3.createBucket({ Bucket: 'put-right' });
    await s3.deletePublicAccessBlock({ Bucket: 'put-right' });
    expect((await scan(...args, '--write-known', file)).code).toBe(1);
    const before = await scan(...args, '--known', file);
    expect(before.stdout).toMatch(/^0 new, 3 known, 0 put right since$/m);
    expect(before.stdout).not.toContain('│ S3.8');
    expect(before.code).toBe(0);

    await s3.createBucket({ Bucket: 'new-one' });
    await s3.deletePublicAccessBlock({ Bucket: 'new-one' });
    await s3.deleteBucket({ Bucket: 'put-right' });
    const after = await scan(...args, '--known', file);
    expect(after.stdout).toMatch(/^1 new, 2 known, 1 put right since$/m);
    expect(after.stdout).toMatch(/│ S3\.8 +│ arn:aws:s3:::new-one/);
    expect(after.code).toBe(1);
    await s3.deleteBucket({ Bucket: 'new-one' });
  });

  it('knows what could not be evaluated by its reason alone', async () => {
    const file = join(folder, 'unknown.json');
    expect((await scan('--control', 'IAM.28', '--write-known', file)).code).toBe(2);
    const same = await scan('--control', 'IAM.28', '--known', file);
    expect(same.stdout).toMatch(/; 1 unknown as before, 0 newly unknown$/m);
    expect(same).toMatchObject({ code: 0, stderr: '' });
    const text = (await readFile(file, 'utf8')).replace(/"reason": ".*"/, '"reason": "another"');
    await writeFile(file, text);
    const other = await scan('--control', 'IAM.28', '--known', file);
    expect(other.stdout).toMatch(/; 0 unknown as before, 1 newly unknown$/m);
    expect(other.code).toBe(2);
  });

  it('fails only on what is severe enough, shows findings alone, and writes the report to a file', async () => {
    const out = join(folder, 'report.json');
    const { code, stdout } = await scan(
      '--control',
      'S3.9',
      '--fail-on',
      'high',
      '--quiet',
      '--out',
      out,
    );
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/account|Next|Service/);
    expect(stdout).toContain('arn:aws:s3:::open-one');
    expect(JSON.parse(await readFile(out, 'utf8')).counts).toMatchObject({ failed: 3 });
    expect((await scan('--control', 'S3.9', '--fail-on', 'medium')).code).toBe(1);
  });

  const mistakes: Record<string, [args: string[], sentence: RegExp]> = {
    'an unknown control': [['--control', 'S3.88'], /^there is no control S3\.88; did you mean S3/],
    'a region that does not exist': [
      ['--region', 'eu-wset-1'],
      /^there is no region eu-wset-1; did you mean eu-west-1\?\n$/,
    ],
    'an empty region': [['--region', ''], /^--region is empty; give one such as us-east-1\n$/],
    'an unknown type': [
      ['--resource-type', 'AWS::S3::Buckett'],
      /^no control evaluates AWS::S3::Buckett; did you mean AWS::S3::Bucket\?\n$/,
    ],
    'a severity that is none': [
      ['--severity', 'hgh'],
      /^--severity is hgh; did you mean high\?\n$/,
    ],
    'a pattern that stands for no control': [
      ['--control', 'X*'],
      /^no control has an id such as X\*; npx --no-install plumbline controls lists them\n$/,
    ],
    'a service that is not evaluated': [
      ['--service', 's4'],
      /^no control evaluates the service s4; did you mean s3\?\n$/,
    ],
    'options that exclude each other': [
      ['--control', 'S3.8', '--severity', 'low'],
      /^these options leave no control to evaluate: /,
    ],
    'a file of what is known that is none': [
      ['--known', 'package.json'],
      /^package\.json is no file that --write-known wrote: it has no account/,
    ],
    'a baseline that is not there': [
      ['--baseline', '/nowhere/plumbline.yaml'],
      /^the baseline \/nowhere\/plumbline\.yaml: there is no such file\n$/,
    ],
    'a baseline that is a folder': [['--baseline', '/'], /^the baseline \/: it is a folder\n$/],
  };
  it.each(Object.entries(mistakes))(
    'says in one sentence that it was given %s',
    async (_, [args, sentence]) => {
      const { code, stdout, stderr } = await scan(...args);
      expect(stderr).toMatch(sentence);
      expect(stdout).toBe('');
      expect(code).toBe(2);
    },
    30_000,
  );

  it('says what is wrong in a baseline and where', async () => {
    const file = await baseline('wrong.yaml', 'publish: all\ncontrols: { S3.8: { mode: fix } }');
    const { code, stderr } = await scan('--baseline', file);
    expect(stderr).toBe(
      `${file}:2:21: controls.S3.8.mode is "fix"; allowed: observe, plan, remediate; a control is turned off by \`enabled: false\`\n`,
    );
    expect(code).toBe(2);
  }, 30_000);

  it('says that there are no credentials', async () => {
    const { code, stderr } = await plumbline(['scan'], { AWS_ENDPOINT_URL: moto.url });
    expect(stderr).toMatch(
      /^No usable AWS credentials were found \([^\n]+\): [^\n]*AWS_PROFILE[^\n]*\n$/,
    );
    expect(code).toBe(2);
  }, 30_000);

  it('says that nothing answers', async () => {
    const env = { ...keys, AWS_ENDPOINT_URL: 'http://127.0.0.1:1' };
    // In a process of its own: Jest gives errors of the network another realm.
    const { code, stderr } = await program(['scan'], env);
    expect(stderr).toBe(
      'Nothing answers at http://127.0.0.1:1 (ECONNREFUSED): is the local AWS running?\n',
    );
    expect(code).toBe(2);
  }, 30_000);

  // moto accepts every key, so a server of the test answers as STS does.
  const refusals: Record<string, [code: string, sentence: RegExp]> = {
    'have expired': ['ExpiredToken', /^The AWS credentials have expired: renew them\.\n$/],
    'may not do this': ['AccessDenied', /^AWS refuses: refused\n$/],
    'are not known': [
      'InvalidClientTokenId',
      /^AWS does not accept these credentials \(InvalidClientTokenId\): [^\n]+\n$/,
    ],
  };
  it.each(Object.entries(refusals))(
    'says that the credentials %s',
    async (_, [refusal, sentence]) => {
      const server = createServer((_, response) => {
        response.writeHead(403, { 'content-type': 'text/xml' });
        response.end(
          `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${refusal}</Code><Message>refused</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
        );
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const env = { ...keys, AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` };
      const { code, stderr } = await plumbline(['scan'], env);
      server.close();
      expect(stderr).toMatch(sentence);
      expect(code).toBe(2);
    },
    30_000,
  );
});
