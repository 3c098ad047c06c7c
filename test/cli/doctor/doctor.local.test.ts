import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudTrail } from '@aws-sdk/client-cloudtrail';
import { S3 } from '@aws-sdk/client-s3';
import { SecurityHub } from '@aws-sdk/client-securityhub';
import { type Moto, startMoto } from '../../../lib/local/moto/moto.ts';
import { plumbline } from '../run.ts';

interface Told {
  readonly control?: string;
  readonly region: string;
  readonly status: string;
  readonly holding?: Readonly<Record<string, readonly string[]>>;
  readonly unasked?: readonly string[];
}

describe('plumbline doctor', () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto();
  }, 60_000);
  afterAll(() => moto.stop());
  const doctor = (...args: string[]) =>
    plumbline(['doctor', ...args], {
      AWS_ACCESS_KEY_ID: 'testing',
      AWS_SECRET_ACCESS_KEY: 'testing',
      AWS_ENDPOINT_URL: moto.url,
    });

  it('says where it is blind and what to do, and stops saying so once that is done', async () => {
    const before = await doctor();
    expect(before.stdout).toMatch(/^BLIND +us-east-1 +PL\.BLIND\.1 .*\n +no trail .*\n +Start /m);
    expect(before.stdout).toMatch(/^BLIND +us-east-1 +PL\.BLIND\.3 /m);
    expect(before.code).toBe(1);

    const options = {
      endpoint: moto.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
    };
    await new S3({ ...options, forcePathStyle: true }).createBucket({ Bucket: 'trail' });
    const cloudTrail = new CloudTrail(options);
    await cloudTrail.createTrail({ Name: 'all', S3BucketName: 'trail', IsMultiRegionTrail: true });
    await cloudTrail.startLogging({ Name: 'all' });
    await new SecurityHub(options).enableSecurityHub({});

    const after = await doctor();
    expect(after.stdout).toMatch(/^ok +us-east-1 +PL\.BLIND\.1 /m);
    expect(after.stdout).toMatch(/^ok +us-east-1 +PL\.BLIND\.3 /m);
    // What it needs is there; Plumbline itself is not.
    expect(after.stdout).toMatch(
      /^BLIND +us-east-1 +Plumbline should be deployed\n +there is no stack Plumbline in account/m,
    );
    expect(after.code).toBe(1);
  }, 60_000);

  it('looks at the switch only where something is put right by itself', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'plumbline-doctor-'));
    const file = join(folder, 'plumbline.yaml');
    const told = async (mode: string) => {
      await writeFile(file, `presets: []\ncontrols: { S3.8: { mode: ${mode} } }\n`);
      return (await doctor('--baseline', file)).stdout;
    };
    expect(await told('plan')).not.toContain('PL.SWITCH.1');
    expect(await told('remediate')).toMatch(
      /^n\/a +us-east-1 +PL\.SWITCH\.1 .*\n +Plumbline remediates nothing in this region$/m,
    );
    await rm(folder, { recursive: true });
  }, 60_000);

  it('does not pass over a stack that is named and not there', async () => {
    const { code, stdout, stderr } = await doctor('--stack', 'Nope');
    expect(stderr).toBe(
      'there is no stack Nope in account 123456789012, region us-east-1: deploy it, or name it with --stack\n',
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  }, 60_000);

  it('tells the same as JSON', async () => {
    const { stdout } = await doctor('--json', '--region', 'eu-west-1');
    const all: Told[] = JSON.parse(stdout);
    const told = all.filter(({ control }) => control !== undefined);
    // Plumbline itself stands in the home region, wherever it is looked.
    expect(told.map(({ control, region }) => `${control} ${region}`)).toEqual([
      ...[1, 2, 3].map((n) => `PL.BLIND.${n} eu-west-1`),
      ...[4, 5, 6].map((n) => `PL.BLIND.${n} us-east-1`),
      'PL.BLIND.7 eu-west-1',
    ]);
    expect(all.slice(told.length)).toEqual([
      expect.objectContaining({
        check: 'stack',
        region: 'us-east-1',
        status: 'FAIL',
        reason: expect.stringMatching(/^there is no stack Plumbline in account /),
      }),
      {
        check: 'regions',
        status: 'NOTE',
        looked: ['eu-west-1'],
        holding: expect.any(Object),
        empty: expect.any(Array),
        // A machine that is busy does not answer for all regions in time.
        unasked: expect.any(Array),
      },
    ]);
    // The bucket of the trail is there, where AWS said of regions and buckets.
    const { holding, unasked = [] } = all.at(-1) ?? {};
    const answered = !unasked.some((one) => /DescribeRegions|ListAllMyBuckets/.test(one));
    expect(holding).toEqual(answered ? { 'us-east-1': ['buckets'] } : {});
  }, 60_000);
});
