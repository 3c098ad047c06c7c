import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { sdkClients } from '../../lib/aws/clients.ts';
import { outputsOf } from '../../lib/aws/stack-outputs.ts';
import { nightTest } from '../extent.ts';
import { worldAt } from '../local/path/world.ts';
import { inTerminal } from './in-terminal.ts';
import { remediating } from './remediating.ts';

const baseline = `
presets: []
controls:
  S3.5: { mode: plan }
  S3.8: { mode: plan }
  S3.14: { mode: plan }
  S3.12: {}
exemptions:
  - { control: S3.8, resource: 'fix-site', owner: web, reason: site, expires: 2999-12-31 }
`;
const readableBy = (bucket: string, user: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::123456789012:root' },
        Action: 's3:GetObject',
        Resource: `arn:aws:s3:::${bucket}/${user}/*`,
      },
    ],
  });
const actionIn = (text: string) => text.match(/pl-[0-9a-f]{20}/)?.[0] ?? 'none';

describe('remediation on the command line', () => {
  const {
    cli,
    program,
    s3,
    openBucket,
    as,
    settings,
    environment,

    url,
    baseline: file,
  } = remediating(baseline);
  const blocksOf = async (Bucket: string) =>
    (await s3().getPublicAccessBlock({ Bucket })).PublicAccessBlockConfiguration;

  describe('fix and undo', () => {
    it('put right and take back, each verified, each once', async () => {
      await openBucket('fix-done');
      const fixed = await program('fix', 'arn:aws:s3:::fix-done', 's3.8', '--yes');
      const id = actionIn(fixed.stdout);
      expect(fixed.stderr).toBe('');
      expect(fixed.stdout).toMatch(/^S3\.8 on arn:aws:s3:::fix-done\n +safe: turns on/);
      expect(fixed.stdout).toContain('VERIFIED  S3.8 passes on arn:aws:s3:::fix-done\n');
      expect(fixed.stdout).toContain(`undo    npx --no-install plumbline undo ${id}\n`);
      expect(fixed.code).toBe(0);
      expect(await blocksOf('fix-done')).toMatchObject({ BlockPublicPolicy: true });

      const again = await cli('fix', 'fix-done', 'S3.8', '--yes');
      expect(again.stderr).toBe('S3.8 does not fail on fix-done: PASS\n');

      const [, printed = ''] = /undo {4}npx --no-install plumbline (.*)/.exec(fixed.stdout) ?? [];
      const undone = await cli(...printed.split(' '), '--confirm', id);
      expect(undone.stdout).toContain(`VERIFIED  what was there before ${id} is there again`);
      expect(undone.code).toBe(0);
      await expect(blocksOf('fix-done')).rejects.toThrow('public access block');
      const twice = await cli('undo', id, '--confirm', id);
      expect(twice.stderr).toMatch(new RegExp(`^${id} was taken back already, by pl-[^\n]+\n$`));
      const { actions } = JSON.parse((await cli('actions', '--most', '1', '--json')).stdout);
      const ofUndo = await cli('undo', actions[0].id, '--confirm', actions[0].id);
      expect(ofUndo.stderr).toMatch(/ is itself an undo, of pl-[^\n]+\n$/);
      expect(ofUndo.code).toBe(2);
    });

    it('refuse what is only observed before anybody is asked, with the line that would allow it', async () => {
      await openBucket('fix-observed');
      const OwnershipControls = { Rules: [{ ObjectOwnership: 'ObjectWriter' as const }] };
      await s3().putBucketOwnershipControls({ Bucket: 'fix-observed', OwnershipControls });
      await s3().putBucketAcl({ Bucket: 'fix-observed', ACL: 'public-read' });
      const observed = { control: 'S3.12', resource: 'arn:aws:s3:::fix-observed' };
      await worldAt(url()).finding({ ...observed, status: 'FAILED' });
      const { code, stdout, stderr } = await cli('fix', 'fix-observed', 'S3.12', '--yes');
      expect(stderr).toBe(
        'S3.12 is only observed by the stack Plumbline, so that nothing may be done about fix-observed. To allow a fix by hand, put this line into the baseline and deploy it:\n  controls: { S3.12: { mode: plan } }\n',
      );
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    });

    it('refuse to undo over the change of somebody else, and say what differs', async () => {
      await openBucket('fix-changed');
      const id = actionIn((await cli('fix', 'fix-changed', 'S3.8', '--yes', '--json')).stdout);
      const PublicAccessBlockConfiguration = { BlockPublicAcls: true };
      await s3().putPublicAccessBlock({ Bucket: 'fix-changed', PublicAccessBlockConfiguration });
      const { code, stdout, stderr } = await cli('undo', id, '--confirm', id);
      expect(stderr).toBe('');
      expect(stdout).toMatch(
        /BLOCKED {2}nothing was changed; the guard undo says: the resource has changed since: publicAccessBlock was \{.*\}, is \{.*"BlockPublicPolicy":false/,
      );
      expect(code).toBe(1);
    });

    it('show what an action calls that nothing proves, and call nothing', async () => {
      await openBucket('fix-earlier');
      const id = actionIn((await cli('fix', 'fix-earlier', 'S3.5', '--yes')).stdout);
      const cloudformation = await sdkClients(settings())('cloudformation');
      const stack = { name: 'Plumbline', account: '123456789012', region: 'us-east-1' };
      const { PostureTable, LedgerTable } = await outputsOf(stack, cloudformation);
      // As an earlier release has left it.
      const db = new DynamoDB(as('remediate'));
      const Key = { pk: { S: `action#${id}` }, sk: { S: 'action' } };
      const { Item } = await db.getItem({ TableName: LedgerTable, Key });
      const { seal: _, sealedVersion: __, ...left } = Item ?? {};
      await db.putItem({ TableName: PostureTable, Item: left });
      await db.deleteItem({ TableName: LedgerTable, Key });
      expect((await cli('actions')).stdout).toContain(id);
      expect((await cli('action', id)).stdout).toContain('VERIFIED');
      const { code, stdout, stderr } = await cli('undo', id, '--confirm', id);
      expect(stderr).toMatch(
        /^pl-\w+ was made by an earlier release, which kept no proof of it: a person takes it back\nLook at these calls, which nothing proves, before you make them:\n +s3:DeleteBucketPolicy/,
      );
      expect([code, stdout]).toEqual([2, '']);
      expect((await s3().getBucketPolicy({ Bucket: 'fix-earlier' })).Policy).toContain('Deny');
    });

    // As exemptions.local.test.ts shows of three guards.
    nightTest('are blocked by a guard, which is named', async () => {
      await openBucket('fix-site');
      const { code, stdout } = await cli('fix', 'fix-site', 'S3.8', '--yes');
      expect(stdout).toMatch(
        /BLOCKED {2}nothing was changed; the guard exemption says: web answers for it until/,
      );
      expect(code).toBe(1);
    });

    it('take a risk only where it is taken by name', async () => {
      await openBucket('fix-risk');
      const refused = await cli('fix', 'fix-risk', 'S3.14', '--yes');
      expect(refused.stderr).toBe('the plan is disruptive: allow it with --accept-disruptive\n');
      expect(refused.code).toBe(2);
      const { code } = await cli('fix', 'fix-risk', 'S3.14', '--yes', '--accept-disruptive');
      expect(code).toBe(0);
      expect((await s3().getBucketVersioning({ Bucket: 'fix-risk' })).Status).toBe('Enabled');
    });

    it('weaken again only what is confirmed by its own id', async () => {
      await openBucket('fix-weak');
      const fixed = await cli('fix', 'fix-weak', 'S3.14', '--yes', '--accept-disruptive');
      const id = actionIn(fixed.stdout);
      const other = `pl-${'0'.repeat(20)}`;
      const versions = async () => (await s3().getBucketVersioning({ Bucket: 'fix-weak' })).Status;
      const say = `an undo is confirmed by its action: say --confirm ${id}\n`;
      expect(await program('undo', id)).toMatchObject({ code: 2, stderr: say });
      expect(await cli('undo', id, '--yes')).toMatchObject({ code: 2, stderr: say });
      expect(await cli('undo', id, '--confirm', other)).toMatchObject({
        code: 2,
        stderr: `--confirm says ${other}, and ${id} would be taken back\n`,
      });
      const typing = (answer: string) =>
        inTerminal(['undo', id, '--baseline', file()], environment(), async () => answer);
      const unsure = await typing('y');
      expect(unsure.text).toMatch(/s3:PutBucketVersioning.*\s+Type pl-\w+ to take it back: /);
      expect(unsure).toMatchObject({
        code: 2,
        text: expect.stringContaining('Nothing was changed'),
      });
      expect(await versions()).toBe('Enabled');
      expect(await typing(id)).toMatchObject({
        code: 0,
        text: expect.stringContaining('VERIFIED'),
      });
      expect(await versions()).toBe('Suspended');
    });

    nightTest('say how to look later where nobody waits', async () => {
      await openBucket('fix-later');
      const { code, stdout } = await cli('fix', 'fix-later', 'S3.8', '--yes', '--wait', '0');
      expect(stdout).toMatch(
        /look later: npx --no-install plumbline action pl-[0-9a-f]{20}\n$|VERIFIED/,
      );
      expect(code).toBe(stdout.includes('VERIFIED') ? 0 : 1);
      const look = { control: 'S3.8', resource: 'arn:aws:s3:::fix-later' };
      await worldAt(url()).finding({ ...look, status: 'PASSED' });
    });

    it('ask on a terminal, and do nothing where the answer is no', async () => {
      await openBucket('fix-asked');
      const args = ['fix', 'fix-asked', 'S3.8', '--baseline', file()];
      const { code, text } = await inTerminal(args, environment(), async () => 'n');
      expect(text).toMatch(/s3:PutPublicAccessBlock[\s\S]*Do this\? \[y\/N\]/);
      expect(code).toBe(2);
      await expect(blocksOf('fix-asked')).rejects.toThrow('public access block');
    });

    it('refuse a plan that is no longer the one shown', async () => {
      await openBucket('fix-moved');
      await s3().putBucketPolicy({ Bucket: 'fix-moved', Policy: readableBy('fix-moved', 'a') });
      const args = ['fix', 'fix-moved', 'S3.5', '--baseline', file()];
      const { code, text } = await inTerminal(args, environment(), async () => {
        await s3().putBucketPolicy({ Bucket: 'fix-moved', Policy: readableBy('fix-moved', 'b') });
        return 'y';
      });
      expect(text).toMatch(/the guard plan says: the plan is no longer the one that was shown/);
      expect(code).toBe(1);
    });

    it('ask nobody in a pipe', async () => {
      const { code, stderr, stdout } = await program('fix', 'fix-asked', 'S3.8');
      expect(stderr).toBe('this asks first, and here is no terminal: say --yes\n');
      expect([code, stdout]).toEqual([2, '']);
    });
  });

  describe('actions', () => {
    it('lists the latest first, with times and counts', async () => {
      const { stdout } = await cli('actions');
      expect(stdout).toMatch(
        /│ pl-\w+ +│ S3\.8 +│ arn:aws:s3:::fix-done +│ VERIFIED .* \d+(?:\.\d)? s/,
      );
      expect(stdout).toMatch(/BLOCKED by undo +│ undo of pl-\w+ by arn:aws:iam::\d+:user\/alice/);
      expect(stdout.trim().split('\n').at(-1)).toMatch(/\d+ VERIFIED/);
      const { actions } = JSON.parse((await cli('actions', '--json')).stdout);
      const times = actions.map(({ startedAt }: { startedAt: string }) => startedAt);
      expect(times).toEqual(times.toSorted().reverse());
    });

    it('lists those that are asked for', async () => {
      const args = ['actions', '--state', 'blocked', '--control', 'S3.5', '--most', '1', '--json'];
      const { actions, counts } = JSON.parse((await cli(...args)).stdout);
      expect(counts).toEqual({ BLOCKED: 1 });
      expect(actions).toMatchObject([{ guard: 'plan', controls: ['S3.5'] }]);
    });

    it('shows one: who, before, plan, calls, after, undo', async () => {
      const found = JSON.parse((await cli('actions', '--control', 'S3.14', '--json')).stdout);
      const isOfRisk = ({ arn }: { readonly arn: string }) => arn.endsWith(':fix-risk');
      const { stdout } = await cli('action', found.actions.find(isOfRisk).id);
      expect(stdout).toMatch(/^pl-\w+ {2}VERIFIED\n +resource +arn:aws:s3:::fix-risk/);
      expect(stdout).toMatch(/asked by +arn:aws:iam::123456789012:user\/alice\n/);
      expect(stdout).toMatch(/concluded +\S+Z {2}\S+ \w+ after it was read as failing/);
      expect(stdout).toMatch(/Plan\n +disruptive: .*\n +s3:PutBucketVersioning/);
      expect(stdout).toMatch(/Calls\n.*s3:PutBucketVersioning done\n/);
      expect(stdout).toMatch(/Before\n +versioning: \{/);
      expect(stdout).toMatch(/After\n +\+ versioning\.status: "Enabled"/);
    });
  });
});
