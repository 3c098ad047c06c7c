import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { IAM } from '@aws-sdk/client-iam';
import { S3 } from '@aws-sdk/client-s3';
import { SecurityHub } from '@aws-sdk/client-securityhub';
import { SQS } from '@aws-sdk/client-sqs';
import { clickPath } from '../../lib/local/security-hub/custom-action-clicks.ts';
import { plumbline } from '../cli/run.ts';
import { nightTest } from '../extent.ts';
import { type Asked, assumed, type Credentials, person } from './assume.ts';
import { account as hub, pathMillis, region, worldAt } from './path/world.ts';
import { serve } from './served.ts';

/** One where something may be put right, and one that is only read. */
const [changed, watched] = ['444455556666', '777788889999'] as const;
const folder = mkdtempSync(join(tmpdir(), 'plumbline-changes-'));
const file = join(folder, 'plumbline.yaml');
writeFileSync(
  file,
  `operators:
  - arn:aws:iam::${hub}:user/alice
  - { arn: 'arn:aws:iam::${hub}:user/carol', accounts: ['${changed}'], may: [exempt] }
accounts:
  - { id: '${changed}', remediate: true }
  - { id: '${watched}', controls: { S3.5: { enabled: false } } }
presets: []
securityHub: { actions: true }
controls:
  S3.8: { mode: remediate }
  S3.5: { mode: plan }
  PL.ACCOUNT.1: {}
`,
);
let served: Awaited<ReturnType<typeof serve>> | undefined;
const url = () => served?.url ?? '';
beforeAll(async () => {
  served = await serve({ baseline: file, scheduleSpeed: 0, settlesAfterSeconds: 0 });
}, 120_000);
afterAll(async () => {
  await served?.end();
  rmSync(folder, { recursive: true });
});

const settings = (credentials: Credentials) => ({ region, endpoint: url(), credentials });
const own = (handler: string): Credentials => {
  const found = served?.own[handler];
  if (!found) throw new Error(`there is no function ${handler}`);
  return found;
};
const assume = (as: Credentials, of: string, name: string, asked: Asked = {}) =>
  assumed(settings(as), `arn:aws:iam::${of}:role/${name}`, asked);
/** Bob of the hub, as he administers a member. */
const there = (of: string) => assume(person('bob'), of, 'OrganizationAccountAccessRole');
const s3As = (credentials: Credentials) =>
  new S3({ ...settings(credentials), forcePathStyle: true });
const externalId = async (): Promise<string> => {
  const { Stacks: [stack] = [] } = await new CloudFormation(
    settings(person('auditor')),
  ).describeStacks({ StackName: 'Plumbline' });
  return stack?.StackId ?? '';
};
const refused = { name: 'AccessDenied' };
const cli = (who: string, ...args: readonly string[]) =>
  plumbline([...args, '--baseline', file], {
    AWS_ACCESS_KEY_ID: who,
    AWS_SECRET_ACCESS_KEY: 'any',
    AWS_ENDPOINT_URL: url(),
    AWS_REGION: region,
  });
/** A bucket without its block, made by whoever administers the account. */
const openBucket = async (of: string, Bucket: string): Promise<S3> => {
  const s3 = s3As(await there(of));
  await s3.createBucket({ Bucket });
  await worldAt(url()).finding({
    control: 'S3.8',
    resource: `arn:aws:s3:::${Bucket}`,
    status: 'PASSED',
  });
  await s3.deletePublicAccessBlock({ Bucket });
  return s3;
};

/** As an operator who sends an ask past the command line. */
const askPast = async (who: string, ref: object, control: string): Promise<void> => {
  const { QueueUrls: [QueueUrl] = [] } = await new SQS(settings(person('auditor'))).listQueues({
    QueueNamePrefix: 'Plumbline-RemediationsQueue',
  });
  const ask = {
    version: 1,
    ask: 'remediate',
    id: `pl-${who.length}${'1'.repeat(19)}`,
    type: 'AWS::S3::Bucket',
    ref,
    controls: [control],
    askedBy: { kind: 'person' },
  };
  await new SQS(settings(person(who))).sendMessage({
    QueueUrl,
    MessageBody: JSON.stringify(ask),
    MessageGroupId: who,
    MessageDeduplicationId: who,
  });
};

describe('in an account where something may be put right', () => {
  it(
    'drift is put right by a role of that account, and taken back',
    async () => {
      const { finding } = worldAt(url());
      const Bucket = 'changed-drift';
      const resource = `arn:aws:s3:::${Bucket}`;
      const s3 = await openBucket(changed, Bucket);
      await finding({ control: 'S3.8', resource, status: 'PASSED', workflow: 'RESOLVED' });
      const { PublicAccessBlockConfiguration: block } = await s3.getPublicAccessBlock({ Bucket });
      expect(block?.BlockPublicPolicy).toBe(true);

      // The finding is told before what is written of the action.
      const actionsThere = async () => {
        const listed = await cli('alice', 'actions', '--account', changed, '--json');
        return JSON.parse(listed.stdout).actions;
      };
      let actions = await actionsThere();
      for (const end = Date.now() + 20_000; Date.now() < end; actions = await actionsThere())
        if (actions[0]?.state !== 'VERIFYING') break;
      expect(actions).toMatchObject([
        { ref: { account: changed, id: Bucket }, state: 'VERIFIED', askedBy: { kind: 'drift' } },
      ]);
      const elsewhere = await cli('alice', 'actions', '--account', `${hub},${watched}`, '--json');
      expect(JSON.parse(elsewhere.stdout).actions).toEqual([]);

      const [{ id }] = actions;
      const undone = await cli('alice', 'undo', id, '--confirm', id);
      expect(undone.stdout).toContain(`VERIFIED  what was there before ${id} is there again`);
      expect(undone.code).toBe(0);
      await expect(s3.getPublicAccessBlock({ Bucket })).rejects.toMatchObject({
        name: 'NoSuchPublicAccessBlockConfiguration',
      });
      const failed = await finding({ control: 'S3.8', resource, status: 'FAILED' });
      expect(failed.AwsAccountId).toBe(changed);
    },
    pathMillis,
  );

  it(
    'an operator of the hub has a failure put right by hand, and nobody of the account itself',
    async () => {
      const { finding } = worldAt(url());
      const Bucket = 'changed-by-hand';
      const resource = `arn:aws:s3:::${Bucket}`;
      await s3As(await there(changed)).createBucket({ Bucket });
      await finding({ control: 'S3.5', resource, status: 'FAILED' });
      const { stderr } = await cli('bob', 'fix', Bucket, 'S3.5', '--yes');
      expect(stderr).toContain('only operators change something');
      // Carol may exempt there, and nothing else.
      const carol = await cli('carol', 'fix', resource, 'S3.5', '--yes');
      expect(carol.stderr).toContain('may not ask for fix, but for exempt');
      await askPast('carol', { account: changed, region, id: Bucket }, 'S3.5');
      const fixed = await cli('alice', 'fix', resource, 'S3.5', '--yes');
      expect(fixed.stdout).toContain('VERIFIED');
      expect(fixed.code).toBe(0);
      await finding({ control: 'S3.5', resource, status: 'PASSED' });
      const { stdout } = await cli('alice', 'actions', '--control', 'S3.5', '--json');
      expect(JSON.parse(stdout).actions).toMatchObject([
        { state: 'VERIFIED', askedBy: { who: `arn:aws:iam::${hub}:user/alice` } },
      ]);
    },
    pathMillis,
  );
});

describe('a click in the Security Hub of the hub', () => {
  const click = async (action: string, finding: string) => {
    const answer = await fetch(`${url()}${clickPath}`, {
      method: 'POST',
      body: JSON.stringify({ action, findings: [finding] }),
    });
    expect(answer.status).toBe(202);
  };

  // A click and an ask by hand go one way (custom-actions), and the ask by hand is tried above.
  nightTest(
    'on a finding of an account where something may be put right does so there',
    async () => {
      const { finding } = worldAt(url());
      const Bucket = 'changed-by-click';
      const resource = `arn:aws:s3:::${Bucket}`;
      await s3As(await there(changed)).createBucket({ Bucket });
      const failed = await finding({ control: 'S3.5', resource, status: 'FAILED' });
      expect(failed.AwsAccountId).toBe(changed);
      await click('PlumblineFix', failed.Id ?? '');
      await finding({ control: 'S3.5', resource, status: 'PASSED' });
      const { stdout } = await cli('alice', 'actions', '--account', changed, '--json');
      const { actions }: { actions: { ref: { id: string } }[] } = JSON.parse(stdout);
      // The event names nobody, and neither does the action.
      expect(actions.find(({ ref }) => ref.id === Bucket)).toMatchObject({
        ref: { account: changed },
        state: 'VERIFIED',
        askedBy: { kind: 'person' },
      });
    },
    pathMillis,
  );

  it(
    'on a finding of one that is only read is answered, and changes nothing',
    async () => {
      const { finding } = worldAt(url());
      const Bucket = 'watched-by-click';
      const resource = `arn:aws:s3:::${Bucket}`;
      const s3 = await openBucket(watched, Bucket);
      const failed = await finding({ control: 'S3.8', resource, status: 'FAILED' });
      await click('PlumblineFix', failed.Id ?? '');
      const securityHub = new SecurityHub(settings(person('auditor')));
      const noted = async () => {
        const Filters = { Id: [{ Value: failed.Id, Comparison: 'EQUALS' as const }] };
        const { Findings = [] } = await securityHub.getFindings({ Filters });
        return Findings[0]?.Note?.Text ?? '';
      };
      for (let tries = 0; tries < 100 && (await noted()) === ''; tries += 1) await pause(200);
      expect(await noted()).toContain(`the baseline lets nothing be changed in account ${watched}`);
      await expect(s3.getPublicAccessBlock({ Bucket })).rejects.toMatchObject({
        name: 'NoSuchPublicAccessBlockConfiguration',
      });
    },
    pathMillis,
  );
});

describe('the role that changes something in an account', () => {
  it('is assumed by the function that acts alone, with the external id and a source identity', async () => {
    const ExternalId = await externalId();
    const SourceIdentity = 'pl-00000000000000000000';
    const act = (as: Credentials, asked: Asked) =>
      assume(as, changed, 'Plumbline-Remediator', asked);
    await expect(act(own('remediate'), { ExternalId })).rejects.toMatchObject(refused);
    await expect(act(own('remediate'), { SourceIdentity })).rejects.toMatchObject(refused);
    await expect(
      act(own('remediate'), { ExternalId: `${ExternalId}1`, SourceIdentity }),
    ).rejects.toMatchObject(refused);
    for (const other of [own('evaluate'), own('sweep'), person('alice'), person('root-admin')])
      await expect(act(other, { ExternalId, SourceIdentity })).rejects.toMatchObject(refused);
    const bob = await there(changed);
    await expect(act(bob, { ExternalId, SourceIdentity })).rejects.toMatchObject(refused);
    const session = await act(own('remediate'), { ExternalId, SourceIdentity });
    expect(session.accessKeyId).not.toBe('');
    // Whatever plans are granted, what Plumbline itself is made of is denied.
    const iam = new IAM(settings(session));
    await expect(iam.deleteRole({ RoleName: 'Plumbline-Read' })).rejects.toMatchObject(refused);
  });

  it('is not there in an account that lets nothing be changed, and no other role may change a thing', async () => {
    const { Roles = [] } = await new IAM(settings(await there(watched))).listRoles({});
    const ours = Roles.map(({ RoleName = '' }) => RoleName).filter((name) =>
      name.startsWith('Plumbline-'),
    );
    expect(ours.toSorted()).toEqual(['Plumbline-Forward', 'Plumbline-Publish', 'Plumbline-Read']);
    const ExternalId = await externalId();
    await expect(
      assume(own('remediate'), watched, 'Plumbline-Remediator', {
        ExternalId,
        SourceIdentity: 'pl-00000000000000000000',
      }),
    ).rejects.toMatchObject(refused);
    const Bucket = 'watched-write';
    await s3As(await there(watched)).createBucket({ Bucket });
    for (const role of ['Plumbline-Read', 'Plumbline-Publish']) {
      const s3 = s3As(await assume(own('evaluate'), watched, role, { ExternalId }));
      await expect(s3.deletePublicAccessBlock({ Bucket })).rejects.toMatchObject(refused);
      await expect(s3.deleteBucket({ Bucket })).rejects.toMatchObject(refused);
    }
  });
});

describe('in an account that lets nothing be changed', () => {
  it(
    'drift is planned, and nobody can have it put right',
    async () => {
      const { finding, look } = worldAt(url());
      const Bucket = 'watched-drift';
      const resource = `arn:aws:s3:::${Bucket}`;
      const s3 = await openBucket(watched, Bucket);
      await finding({ control: 'S3.8', resource, status: 'FAILED' });
      const fixed = await cli('alice', 'fix', resource, 'S3.8', '--yes');
      expect(fixed.stderr).toContain(`is in account ${watched}, where Plumbline only reads`);
      expect(fixed.code).toBe(2);
      await askPast('alice', { account: watched, region, id: Bucket }, 'S3.8');
      await openBucket(changed, 'changed-meanwhile');
      await finding({
        control: 'S3.8',
        resource: 'arn:aws:s3:::changed-meanwhile',
        status: 'PASSED',
        workflow: 'RESOLVED',
      });
      await expect(s3.getPublicAccessBlock({ Bucket })).rejects.toThrow();
      expect(await look({ control: 'S3.8', resource, status: 'FAILED' })).toBeDefined();
      const { stdout } = await cli('alice', 'actions', '--account', watched, '--json');
      expect(JSON.parse(stdout).actions).toEqual([]);
    },
    pathMillis,
  );

  it(
    'an operator of the hub exempts a failure, which is listed by the account',
    async () => {
      const { finding } = worldAt(url());
      const Bucket = 'watched-exempt';
      const resource = `arn:aws:s3:::${Bucket}`;
      await openBucket(watched, Bucket);
      await finding({ control: 'S3.8', resource, status: 'FAILED' });
      const said = ['--owner', 'web', '--reason', 'site', '--expires', '2999-01-01'];
      const exempt = (who: string) => cli(who, 'exemptions', 'add', resource, 'S3.8', ...said);
      const carol = await exempt('carol');
      expect(carol.stderr).toContain(`no operator for account ${watched}, but for ${changed}`);
      expect(carol.code).toBe(2);
      const added = await exempt('alice');
      expect(added.stderr).toBe('');
      expect(added.code).toBe(0);
      const listed = async (of: string) =>
        JSON.parse((await cli('alice', 'exemptions', '--account', of, '--json')).stdout);
      expect(await listed(watched)).toMatchObject([{ control: 'S3.8', owner: 'web' }]);
      expect(await listed(changed)).toEqual([]);
    },
    pathMillis,
  );
});

describe('a control that an account says does not count there', () => {
  it(
    'is not evaluated there, and is in the others',
    async () => {
      const { finding, look } = worldAt(url());
      for (const [of, Bucket] of [
        [watched, 'watched-says-no'],
        [changed, 'changed-says-nothing'],
      ] as const)
        await s3As(await there(of)).createBucket({ Bucket });
      await finding({
        control: 'S3.5',
        resource: 'arn:aws:s3:::changed-says-nothing',
        status: 'FAILED',
      });
      const resource = 'arn:aws:s3:::watched-says-no';
      await finding({ control: 'S3.8', resource, status: 'PASSED' });
      expect(await look({ control: 'S3.5', resource })).toBeUndefined();
    },
    pathMillis,
  );
});

describe('an operator of the hub', () => {
  it(
    'scans and plans in the governed accounts by the role that reads there; nobody else does',
    async () => {
      const scanned = await cli('alice', 'scan', '--account', 'all', '--control', 'S3.8', '--json');
      const report = JSON.parse(scanned.stdout);
      expect(report.notLookedAt).toEqual([]);
      expect(report.accounts.map(({ account }: { account: string }) => account)).toEqual([
        hub,
        changed,
        watched,
      ]);
      const planned = await cli('alice', 'plan', '--account', watched, '--control', 'S3.8');
      expect(planned.stdout).toContain('arn:aws:s3:::watched-');
      const { stderr, code } = await cli('bob', 'scan', '--account', watched);
      expect(stderr).toMatch(
        /^account 777788889999 cannot be looked at: it lets us not in: User: /,
      );
      expect(code).toBe(2);
    },
    pathMillis,
  );
});
