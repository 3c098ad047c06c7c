import { setTimeout as sleep } from 'node:timers/promises';
import { SSM } from '@aws-sdk/client-ssm';
import { told, worldAt } from '../local/path/world.ts';
import { remediating } from './remediating.ts';

const baseline = `
presets: []
securityHub: { actions: true }
controls: { S3.8: { mode: plan }, S3.17: {}, S3.20: { mode: plan }, EC2.13: {} }
exemptions:
  - { control: S3.8, resource: 'arn:aws:s3:::site-*', owner: web, reason: site, expires: 2999-12-31 }
`;
const given = ['--owner', 'data team', '--reason', 'moves in May', '--expires', '2999-05-31'];

describe('people and remediation on the command line', () => {
  const { cli, url, settings, s3, openBucket } = remediating(baseline);
  /** The finding of S3.8, once it has a severity: an exempted one is informational. */
  const failing = async (bucket: string, severity: 'HIGH' | 'INFORMATIONAL') => {
    const wanted = {
      control: 'S3.8',
      resource: `arn:aws:s3:::${bucket}`,
      status: 'FAILED',
    } as const;
    for (;;) {
      const found = await worldAt(url()).finding(wanted);
      if (found.Severity?.Label === severity) return found;
      await sleep(100);
    }
  };

  describe('exemptions', () => {
    it('are listed with those of the baseline, added and ended, and the finding says so', async () => {
      await openBucket('people-given');
      const added = await cli('exemptions', 'add', 'people-given', 's3.8', ...given);
      expect(added.stdout).toBe(
        'S3.8 on arn:aws:s3:::people-given: data team answers for it until 2999-05-31\n',
      );
      const exempted = await failing('people-given', 'INFORMATIONAL');
      expect(told(exempted, 'exemptionOwner')).toBe('data team');
      const { stdout } = await cli('exemptions');
      expect(stdout).toMatch(
        /S3\.8 +│ arn:aws:s3:::people-given +│ data team +│ moves in May +│ 2999-05-31 +│ table/,
      );
      expect(stdout).toMatch(/S3\.8 +│ arn:aws:s3:::site-\* +│ web +│ site +│ .* +│ baseline/);
      const blocked = await cli('fix', 'people-given', 'S3.8', '--yes');
      expect(blocked.stdout).toMatch(/the guard exemption says: data team answers for it until/);
      expect(blocked.code).toBe(1);

      const ended = await cli('exemptions', 'end', 'arn:aws:s3:::people-given', 'S3.8');
      expect(ended.stdout).toBe('S3.8 on arn:aws:s3:::people-given is no longer exempted\n');
      expect((await failing('people-given', 'HIGH')).Severity?.Label).toBe('HIGH');
      const left: { keptIn: string }[] = JSON.parse((await cli('exemptions', '--json')).stdout);
      expect(left.map(({ keptIn }) => keptIn)).toEqual(['baseline', 'release', 'release']);
      const twice = await cli('exemptions', 'end', 'people-given', 'S3.8');
      expect(twice.stderr).toBe('nobody exempted arn:aws:s3:::people-given from S3.8\n');
      expect(twice.code).toBe(2);
    });

    it('of the stack’s own buckets come with it, by exact ARN and with the reason', async () => {
      const { stdout } = await cli('scan', '--control', 'S3.17', '--json');
      const { results } = JSON.parse(stdout);
      const own = results.filter(({ id }: { id: string }) => id.startsWith('plumbline-'));
      expect(own).toHaveLength(2);
      for (const { arn, exemption } of own)
        expect(exemption).toMatchObject({ resource: arn, owner: 'Plumbline', isOwn: true });
      expect(results.filter(({ exemption }: { exemption?: unknown }) => exemption)).toEqual(own);
      // Whatever is written to the bucket has it evaluated.
      await s3().putBucketEncryption({
        Bucket: own[0].id,
        ServerSideEncryptionConfiguration: {
          Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
      });
      const wanted = { control: 'S3.17', resource: own[0].arn, status: 'FAILED' } as const;
      const found = await worldAt(url()).finding(wanted);
      expect(found.Severity?.Label).toBe('INFORMATIONAL');
      expect(told(found, 'exemptionExpires')).toBeUndefined();
      const refused = await cli('exemptions', 'end', own[0].arn, 'S3.17');
      expect(refused.stderr).toContain('exempted by design: ');
    }, 60_000);

    it('of the baseline end in its file alone', async () => {
      await openBucket('site-one');
      const { code, stderr } = await cli('exemptions', 'end', 'site-one', 'S3.8');
      expect(stderr).toBe(
        'the baseline exempts arn:aws:s3:::site-one from S3.8, by arn:aws:s3:::site-* of web: change that in its file and deploy\n',
      );
      expect(code).toBe(2);
    });

    it('that Security Hub was asked for are marked, and keep their end when confirmed', async () => {
      await openBucket('people-asked');
      const { Id } = await failing('people-asked', 'HIGH');
      const body = JSON.stringify({ action: 'PlumblineExempt', findings: [Id] });
      await fetch(`${url()}/_local/custom-actions`, { method: 'POST', body });
      expect(told(await failing('people-asked', 'INFORMATIONAL'), 'exemptionConfirmed')).toBe('no');
      expect((await cli('exemptions')).stdout).toMatch(
        /people-asked +│ nobody yet .*\d{4}-\d\d-\d\d, unconfirmed/,
      );
      const [before] = JSON.parse((await cli('exemptions', '--json')).stdout);
      await cli('exemptions', 'confirm', 'people-asked', 'S3.8', '--owner', 'bob');
      const [after] = JSON.parse((await cli('exemptions', '--json')).stdout);
      expect(after).toEqual({ ...before, owner: 'bob', isUnconfirmed: false });
      const extended = [...given.slice(0, 2), ...given.slice(4)];
      await cli('exemptions', 'confirm', 'people-asked', 'S3.8', ...extended);
      const [later] = JSON.parse((await cli('exemptions', '--json')).stdout);
      expect(later).toMatchObject({ owner: 'data team', expires: '2999-05-31T23:59:59.999Z' });
    });
  });

  describe('breakers', () => {
    it('are listed, block, and are closed by hand', async () => {
      await openBucket('people-tripped');
      const ssm = new SSM(settings());
      const put = (control: string, Value: string) =>
        ssm.putParameter({ Name: `/plumbline/breakers/${control}`, Value, Type: 'String' });
      await put('S3.8', JSON.stringify({ until: '2999-01-01T00:00:00.000Z', actions: 20 }));
      await put('EC2.13', JSON.stringify({ until: '2020-01-01T00:00:00.000Z', actions: 20 }));
      await put('EC2.2', 'stop');
      const { stdout } = await cli('breakers');
      expect(stdout).toMatch(
        /S3\.8 +│ all +│ open +│ all +│ 2999-01-01T00:00:00\.000Z +│ 20 an hour/,
      );
      expect(stdout).toMatch(/EC2\.13 +│ all +│ closed/);
      expect(stdout).toMatch(/EC2\.2 +│ all +│ open +│ all +│ until somebody closes it/);
      const blocked = await cli('fix', 'people-tripped', 'S3.8', '--yes');
      expect(blocked.stdout).toMatch(/the guard breaker says: the breaker of S3\.8 is open until/);
      expect((await cli('breakers', 'close', 'S3.8')).code).toBe(0);
      expect((await cli('fix', 'people-tripped', 'S3.8', '--yes')).code).toBe(0);
      const twice = await cli('breakers', 'close', 'S3.8');
      expect(twice.stderr).toBe('the breaker of S3.8 is not open\n');
    });
  });

  describe('the switch', () => {
    it('stops everything, and is asked for before it is turned on', async () => {
      await openBucket('people-off');
      expect((await cli('remediation')).stdout).toMatch(/^remediation is on since /);
      expect((await cli('remediation', 'off')).stdout).toMatch(/^remediation is off since /);
      const blocked = await cli('fix', 'people-off', 'S3.8', '--yes');
      expect(blocked.stdout).toMatch(/the guard killSwitch says: remediation is switched off/);
      const on = await cli('remediation', 'on', '--yes', '--json');
      expect(JSON.parse(on.stdout)).toMatchObject({ isOn: true, value: 'on' });
    });
  });

  it('a resource that is gone is said to be gone', async () => {
    await openBucket('people-gone');
    await s3().deleteBucket({ Bucket: 'people-gone' });
    const gone = { control: 'S3.8', resource: 'arn:aws:s3:::people-gone' };
    await worldAt(url()).finding({ ...gone, recordState: 'ARCHIVED' });
    const { stderr } = await cli('fix', 'people-gone', 'S3.8', '--yes');
    expect(stderr).toMatch(/^people-gone is gone: it was not there any more at \S+Z\n$/);
  });
});
