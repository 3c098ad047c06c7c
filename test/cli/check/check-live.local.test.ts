import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sdkClients } from '../../../lib/aws/clients.ts';
import { type Moto, startMoto } from '../../../lib/local/moto/moto.ts';
import { asRecord } from '../../../lib/support/untyped.ts';
import { plumbline } from '../run.ts';

const account = '123456789012';
const credentials = { accessKeyId: 'testing', secretAccessKey: 'testing' };
const all = {
  BlockPublicAcls: true,
  BlockPublicPolicy: true,
  IgnorePublicAcls: true,
  RestrictPublicBuckets: true,
};

const template = (subnet: string) => `
Resources:
  Site:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: site
      PublicAccessBlockConfiguration: { BlockPublicPolicy: false }
      LoggingConfiguration: { DestinationBucketName: logs }
  Policy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Site
      PolicyDocument:
        Statement: [{ Effect: Allow, Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::site/*' }]
  Database:
    Type: AWS::RDS::DBInstance
    Properties: { Engine: postgres, EngineVersion: '14.9', DBParameterGroupName: own }
  Disk:
    Type: AWS::EC2::Volume
    Properties: { AvailabilityZone: us-east-1a }
  Server:
    Type: AWS::EC2::Instance
    Properties: { SubnetId: ${subnet} }
`;

describe('templates beside an account', () => {
  let moto: Moto;
  let folder = '';
  let path = '';
  const clients = () => sdkClients({ endpoint: moto.url, region: 'us-east-1', credentials });
  const run = (...args: string[]) =>
    plumbline(args, {
      AWS_ACCESS_KEY_ID: 'testing',
      AWS_SECRET_ACCESS_KEY: 'testing',
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: moto.url,
    });
  const check = async (...more: string[]) => {
    const { stdout, stderr, code } = await run('check', path, '--json', '--all', ...more);
    const results = [asRecord(JSON.parse(stdout))['results']].flat().map(asRecord);
    const of = (name: string, control: string) =>
      results.find((one) => one['logicalId'] === name && one['control'] === control);
    return { of, stderr, code };
  };
  beforeAll(async () => {
    [moto, folder] = await Promise.all([startMoto(), mkdtemp(join(tmpdir(), 'plumbline-live-'))]);
    const [s3, ec2, rds] = [await clients()('s3'), await clients()('ec2'), await clients()('rds')];
    await s3.createBucket({ Bucket: 'logs' });
    const { Subnets: [subnet] = [] } = await ec2.describeSubnets({});
    await ec2.enableEbsEncryptionByDefault({});
    await ec2.modifySubnetAttribute({
      SubnetId: subnet?.SubnetId,
      MapPublicIpOnLaunch: { Value: true },
    });
    await rds.createDBParameterGroup({
      DBParameterGroupName: 'own',
      DBParameterGroupFamily: 'postgres14',
      Description: 'a',
    });
    path = join(folder, 'stack.yaml');
    await writeFile(path, template(subnet?.SubnetId ?? ''));
  }, 60_000);
  afterAll(async () => {
    await moto.stop();
    await rm(folder, { recursive: true });
  });

  it('are evaluated against what it has, where something depends on that', async () => {
    const before = await check();
    expect(before.of('Site', 'S3.2')).toMatchObject({ status: 'FAIL' });
    expect(before.of('Disk', 'EC2.3')).toMatchObject({ status: 'FAIL' });
    expect(before.of('Server', 'EC2.9')).toMatchObject({ status: 'UNKNOWN' });
    expect(before.stderr).not.toContain('Read in account');
    const s3control = await clients()('s3control');
    await s3control.putPublicAccessBlock({
      AccountId: account,
      PublicAccessBlockConfiguration: all,
    });
    const now = await check('--live');
    expect(now.of('Site', 'S3.2')).toMatchObject({
      status: 'PASS',
      notes: ['with what the account has now, by s3control:GetPublicAccessBlock'],
    });
    expect(now.of('Disk', 'EC2.3')).toMatchObject({ status: 'PASS' });
    expect(now.of('Server', 'EC2.9')).toMatchObject({ status: 'FAIL' });
    expect(now.of('Database', 'PL.RDS.1')).toMatchObject({
      status: expect.stringMatching(/PASS|FAIL/),
    });
    expect(now.of('Site', 'S3.9')).toMatchObject({ status: 'FAIL' });
    expect(now.stderr).toMatch(/Read in account 123456789012: \d+ calls\./);
  });
  it('print what the guide shows', async () => {
    const shop = ['check', 'test/templates/examples/shop.yaml', '--control', 'S3.2', '--all'];
    const { stdout, stderr, code } = await run(...shop, '--live');
    expect(code).toBe(0);
    expect(readFileSync('docs/guide/templates.md', 'utf8')).toContain(
      `\n\`\`\`text\n${stdout}${stderr}\`\`\`\n`,
    );
  });
  it('say what could not be read, and guess nothing', async () => {
    const { stderr, of } = await check('--live', '--region', 'eu-west-1');
    expect(of('Server', 'EC2.9')).toMatchObject({ status: 'UNKNOWN' });
    expect(of('Database', 'PL.RDS.1')).toMatchObject({ status: 'UNKNOWN' });
    expect(stderr).toMatch(/Read in account/);
  });
  it('are not read for another account than that of the credentials', async () => {
    const { code, stderr } = await run('check', path, '--live', '--account', '999999999999');
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('--live reads the account of the credentials, 123456789012'),
    ]);
  });
});
