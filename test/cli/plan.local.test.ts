import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EC2 } from '@aws-sdk/client-ec2';
import { S3 } from '@aws-sdk/client-s3';
import { type Moto, startMoto } from '../../lib/local/moto/moto.ts';
import { plumbline } from './run.ts';

const baseline = `
presets: []
controls: { S3.8: {}, S3.9: {}, S3.20: {}, EC2.13: {}, EC2.18: {} }
exemptions:
  - { control: S3.8, resource: site, owner: web, reason: site, expires: 2999-12-31 }
`;

// Nothing is deployed here: plans are made of what is read live.
describe('plumbline plan', () => {
  let moto: Moto;
  let folder = '';
  let groupId = '';
  const keys = { accessKeyId: 'testing', secretAccessKey: 'testing' };
  beforeAll(async () => {
    [moto, folder] = await Promise.all([startMoto(), mkdtemp(join(tmpdir(), 'plumbline-plan-'))]);
    await writeFile(join(folder, 'plumbline.yaml'), baseline);
    const options = { endpoint: moto.url, region: 'us-east-1', credentials: keys };
    const s3 = new S3({ ...options, forcePathStyle: true });
    for (const Bucket of ['open-one', 'site', 'closed-one']) await s3.createBucket({ Bucket });
    for (const Bucket of ['open-one', 'site']) await s3.deletePublicAccessBlock({ Bucket });
    const ec2 = new EC2(options);
    const { GroupId = '' } = await ec2.createSecurityGroup({ GroupName: 'a', Description: 'a' });
    groupId = GroupId;
    const IpRanges = [{ CidrIp: '0.0.0.0/0' }];
    const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 80, IpRanges }];
    await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions });
  }, 60_000);
  afterAll(async () => {
    await moto.stop();
    await rm(folder, { recursive: true });
  });
  const plan = (...args: string[]) =>
    plumbline(['plan', ...args, '--baseline', join(folder, 'plumbline.yaml')], {
      AWS_ACCESS_KEY_ID: 'testing',
      AWS_SECRET_ACCESS_KEY: 'testing',
      AWS_ENDPOINT_URL: moto.url,
    });

  it('shows the calls for every failure, or why there are none', async () => {
    const { code, stdout, stderr } = await plan();
    const openOne = stdout.split('\n\n').find((block) => block.includes(':::open-one'));
    expect(openOne).toMatch(
      /S3\.8 .*\n +safe: turns on the four blocks.*\n +s3:PutPublicAccessBlock\n/,
    );
    expect(openOne).toMatch(
      /can be taken back, which opens access again, by\n +s3:DeletePublicAccessBlock \{"Bucket":"open-one"\}\n/,
    );
    expect(openOne).toMatch(/S3\.9 .*\n +only proposed: \S/);
    expect(openOne).toMatch(/S3\.20 .*\n +a person’s work: As the root user/);
    expect(stdout).toMatch(/S3\.8 .*exempted until 2999-12-31, owner web/);
    expect(stdout).toMatch(
      /3 with calls, 3 only proposed, 3 a person’s work, 0 could not be evaluated\n$/,
    );
    expect([code, stderr]).toEqual([1, '']);
  }, 60_000);

  it('plans together what shares the rules of a security group', async () => {
    const { stdout } = await plan('--resource', groupId, '--json');
    const { plans, counts } = JSON.parse(stdout);
    expect(counts).toMatchObject({ failed: 2, unknown: 0 });
    expect(plans).toMatchObject([
      {
        id: groupId,
        resourceType: 'AWS::EC2::SecurityGroup',
        failures: [{ control: 'EC2.13' }, { control: 'EC2.18' }],
        plan: { kind: 'calls', risk: 'safe', undo: { widensAccess: true } },
      },
    ]);
  }, 60_000);

  it('finds one resource by its ARN, and plans nothing where nothing fails', async () => {
    const arn = 'arn:aws:s3:::closed-one';
    const { code, stdout } = await plan('--resource', arn, '--control', 'S3.8');
    expect(stdout).toBe(
      '0 with calls, 0 only proposed, 0 a person’s work, 0 could not be evaluated\n',
    );
    expect(code).toBe(0);
  }, 60_000);

  it.each([
    'gone-one',
    'arn:aws:s3:::gone-one',
    'arn:aws:ec2:us-east-1:123456789012:security-group/sg-1',
  ])(
    'says in one sentence that %s is not there',
    async (resource) => {
      expect(await plan('--resource', resource)).toEqual({
        code: 2,
        stdout: '',
        stderr: `there is no resource ${resource} that is evaluated in account 123456789012, region us-east-1\n`,
      });
    },
    60_000,
  );
});
