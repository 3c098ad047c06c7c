import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EC2 } from '@aws-sdk/client-ec2';
import { S3 } from '@aws-sdk/client-s3';
import { type Moto, startMoto } from '../../lib/local/moto/moto.ts';
import { plumbline } from './run.ts';

const keys = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' };
describe('plumbline scan', () => {
  let moto: Moto;
  let folder = '';
  beforeAll(async () => {
    [moto, folder] = await Promise.all([startMoto(), mkdtemp(join(tmpdir(), 'plumbline-scan-'))]);
    const options = {
      endpoint: moto.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
    };
    const s3 = new S3({ ...options, forcePathStyle: true });
    for (const Bucket of ['open-one', 'closed-one', 'public-site'])
      await s3.createBucket({ Bucket });
    for (const Bucket of ['open-one', 'public-site']) await s3.deletePublicAccessBlock({ Bucket });
    await s3.putBucketTagging({
      Bucket: 'open-one',
      Tagging: { TagSet: [{ Key: 'data-class', Value: 'secret' }] },
    });
    await new EC2(options).createSecurityGroup({ GroupName: 'any', Description: 'any' });
  }, 60_000);
  afterAll(async () => {
    await moto.stop();
    await rm(folder, { recursive: true });
  });

  const scan = (...args: string[]) =>
    plumbline(['scan', ...args], { ...keys, AWS_ENDPOINT_URL: moto.url });
  const baseline = async (name: string, text: string) => {
    const file = join(folder, name);
    await writeFile(file, text);
    return file;
  };

  it('shows what failed, one line each in a pipe, and nothing on standard error', async () => {
    const { code, stdout, stderr } = await scan('--control', 'S3.8');
    const rows = stdout.split('\n').filter((line) => line.includes('S3.8'));
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
    // One listing, one block for each of three buckets, tags for the two that fail.
    expect(JSON.parse(stdout).calls).toBe(6);
  }, 60_000);

  it('judges every type, in this region and in the home region', async () => {
    const { code, stdout } = await scan('--json', '--region', 'eu-west-1');
    const { results, counts } = JSON.parse(stdout);
    const places = new Set(
      results.map((each: Record<string, string>) => `${each['resourceType']} ${each['region']}`),
    );
    expect(places).toContain('AWS::EC2::SecurityGroup eu-west-1');
    expect(places).toContain('AWS::::Account us-east-1');
    expect(places).not.toContain('AWS::EC2::SecurityGroup us-east-1');
    expect(counts.failed).toBeGreaterThan(0);
    // moto lacks some calls: what could not be judged outweighs what failed.
    expect(counts.unknown).toBeGreaterThan(0);
    expect(code).toBe(2);
  }, 60_000);

  it('says how many verdicts are missing, and why', async () => {
    const { code, stdout, stderr } = await scan();
    expect(stdout).toMatch(/ 1 unknown,/);
    expect(stderr).toMatch(/^1 verdict is missing: .+\. This scan is not complete\.\n$/);
    expect(code).toBe(2);
  }, 60_000);

  it('is not clean where nothing was judged', async () => {
    const { code, stdout, stderr } = await scan('--resource-type', 'AWS::RDS::DBInstance');
    expect(stdout).toMatch(/^0 failed, /);
    expect(stderr).toBe(
      'Nothing was judged in account 123456789012, us-east-1: there is no resource of these types.\n',
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
    expect(stdout).toMatch(/exempted +│ HIGH.*open-one.*exempted by web until 2999-12-31/);
    expect(stdout).toMatch(/0 failed, 2 exempted/);
    expect(code).toBe(0);
    const { results } = JSON.parse((await scan('--baseline', file, '--json')).stdout);
    expect(results[0]).toMatchObject({ id: 'open-one', priority: 'high' });
  }, 60_000);

  it('does not count an exemption that has expired', async () => {
    const file = await baseline(
      'expired.yaml',
      'exemptions: [{ control: S3.8, resource: open-*, owner: web, reason: site, expires: 2020-01-31 }]',
    );
    const { code, stdout } = await scan('--baseline', file, '--control', 'S3.8');
    expect(stdout).toMatch(/2 failed, 0 exempted/);
    expect(code).toBe(1);
  }, 60_000);

  const mistakes: Record<string, [args: string[], sentence: RegExp]> = {
    'an unknown control': [['--control', 'S3.88'], /^there is no control S3\.88; did you mean S3/],
    'a region that does not exist': [
      ['--region', 'eu-wset-1'],
      /^there is no region eu-wset-1; did you mean eu-west-1\?\n$/,
    ],
    'an empty region': [['--region', ''], /^--region is empty; give one such as us-east-1\n$/],
    'an unknown type': [
      ['--resource-type', 'AWS::S3::Buckett'],
      /^no control judges AWS::S3::Buckett; did you mean AWS::S3::Bucket\?\n$/,
    ],
    'a baseline that is not there': [
      ['--baseline', '/nowhere/plumbline.yaml'],
      /^the baseline \/nowhere\/plumbline\.yaml cannot be read \(ENOENT\)\n$/,
    ],
    'a baseline that is a folder': [
      ['--baseline', '/'],
      /^the baseline \/ cannot be read \(EISDIR\)\n$/,
    ],
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
    const { code, stderr } = await plumbline(['scan'], env);
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
