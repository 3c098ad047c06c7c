import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { EC2 } from '@aws-sdk/client-ec2';
import { type AwsSecurityFinding, SecurityHub } from '@aws-sdk/client-securityhub';
import { SQS } from '@aws-sdk/client-sqs';
import { SSM } from '@aws-sdk/client-ssm';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createLedger } from '../../../lib/aws/stores/ledger.ts';
import { actionId } from '../../../lib/engine/remediation/action.ts';
import { debian12 } from '../../../lib/local/hosts/distributions.ts';
import { plumbline } from '../../cli/run.ts';
import { nightTest } from '../../extent.ts';
import { describeOn } from '../harness.ts';

const program = fileURLToPath(new URL('./serve-hosts.ts', import.meta.url));
const loader = new URL('../../runner/register.mjs', import.meta.url).href;

interface Served {
  readonly url: string;
  readonly baseline: string;
  readonly instanceId: string;
  readonly other: string;
  readonly audits: string;
  readonly results: string;
  /** As whom the function that audits sends. */
  readonly own: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly table: string;
  readonly earlier: string;
  readonly liars: Readonly<Record<string, string>>;
}
const firstLine = async (input: Readable): Promise<Served> => {
  for await (const line of createInterface({ input })) return JSON.parse(line);
  throw new Error('the local AWS did not start; what it said stands above');
};
interface Item {
  readonly id: string;
  readonly outcome: string;
}
const arnOf = (id: string) => `arn:aws:ec2:us-east-1:123456789012:instance/${id}`;

describeOn([debian12], 'hosts of an account', () => {
  let child: ChildProcess;
  let served: Served;
  let ec2: EC2;
  let ssm: SSM;
  let sqs: SQS;
  let hub: SecurityHub;
  let dynamo: DynamoDB;
  beforeAll(async () => {
    const started = spawn(process.execPath, ['--import', loader, program], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    });
    child = started;
    served = await firstLine(started.stdout);
    const credentials = { accessKeyId: 'admin', secretAccessKey: 'any' };
    const settings = { endpoint: served.url, region: 'us-east-1', credentials };
    ec2 = new EC2(settings);
    ssm = new SSM(settings);
    sqs = new SQS({ ...settings, credentials: served.own });
    hub = new SecurityHub(settings);
    dynamo = new DynamoDB(settings);
  }, 240_000);
  afterAll(async () => {
    const gone = child.exitCode === null ? once(child, 'exit') : undefined;
    child.stdin?.end();
    await gone;
  }, 60_000);

  /** What is known of a host; the instance that it runs on has controls of its own. */
  const findingsOn = async (id: string, controls: string): Promise<AwsSecurityFinding[]> => {
    const all: AwsSecurityFinding[] = [];
    let NextToken: string | undefined;
    do {
      const page = await hub.getFindings({
        Filters: {
          ResourceId: [{ Comparison: 'EQUALS', Value: arnOf(id) }],
          GeneratorId: [{ Comparison: 'PREFIX', Value: `plumbline/${controls}` }],
        },
        MaxResults: 100,
        NextToken,
      });
      all.push(...(page.Findings ?? []));
      NextToken = page.NextToken;
    } while (NextToken);
    return all.filter(({ GeneratorId = '' }) => !GeneratorId.includes('/PL.EC2.'));
  };
  /** Findings as soon as they are as wanted, or as they are once that time is over. */
  const eventually = async (
    id: string,
    controls: string,
    isWanted: (findings: readonly AwsSecurityFinding[]) => boolean,
    seconds = 45,
  ) => {
    const end = performance.now() + seconds * 1000;
    let findings = await findingsOn(id, controls);
    while (!isWanted(findings) && performance.now() < end) {
      await sleep(300);
      findings = await findingsOn(id, controls);
    }
    return findings;
  };
  const status = (wanted: string) => (findings: readonly AwsSecurityFinding[]) =>
    findings.some(({ Compliance }) => Compliance?.Status === wanted);
  const auditAll = () =>
    sqs.sendMessage({ QueueUrl: served.audits, MessageBody: '{"version":1,"audit":"all"}' });
  /** Findings after audits that knew: one that did not says why, and the next one counts. */
  const audited = async (id: string, control: string, wanted: string) => {
    const known = (all: readonly AwsSecurityFinding[]) =>
      status(wanted)(all) || status('NOT_AVAILABLE')(all);
    let findings: AwsSecurityFinding[] = [];
    for (let audits = 0; audits < 3 && !status(wanted)(findings); audits += 1) {
      for (const { ProductFields } of findings)
        process.stderr.write(`${control} is not known: ${ProductFields?.['plumbline/reason']}\n`);
      await auditAll();
      await sleep(audits * 5000);
      findings = await eventually(id, control, known);
    }
    return findings;
  };
  const compliance = async (id: string) => {
    const items: string[] = [];
    let NextToken: string | undefined;
    do {
      const page = await ssm.listComplianceItems({ ResourceIds: [id], NextToken });
      items.push(...(page.ComplianceItems ?? []).map((item) => `${item.Id} ${item.Status}`));
      NextToken = page.NextToken;
    } while (NextToken);
    return items;
  };
  /** SSM is told after Security Hub. */
  const complianceOf = async (id: string, isWanted: (items: readonly string[]) => boolean) => {
    const end = performance.now() + 20_000;
    let items = await compliance(id);
    while (!isWanted(items) && performance.now() < end) {
      await sleep(200);
      items = await compliance(id);
    }
    return items;
  };

  /** Has somebody run a script on hosts, and answers what each printed. */
  const runOn = async (ids: readonly string[], script: string) => {
    const printed: (string | undefined)[] = [];
    const Name = `Somebody-${randomUUID()}`;
    await ssm.createDocument({
      Name,
      DocumentType: 'Command',
      Content: JSON.stringify({
        schemaVersion: '2.2',
        mainSteps: [
          { action: 'aws:runShellScript', name: 'one', inputs: { runCommand: [script] } },
        ],
      }),
    });
    const Targets = [{ Key: 'InstanceIds', Values: [...ids] }];
    const { Command } = await ssm.sendCommand({ DocumentName: Name, Targets });
    for (const InstanceId of ids) {
      const asked = { CommandId: Command?.CommandId, InstanceId };
      let invocation = await ssm.getCommandInvocation(asked);
      while (invocation.Status !== 'Success') {
        await sleep(50);
        invocation = await ssm.getCommandInvocation(asked);
      }
      printed.push(invocation.StandardOutputContent);
    }
    return printed;
  };

  it('are instances of EC2 and nodes of Systems Manager, and run what they are sent', async () => {
    const ids = [served.instanceId, served.other];
    const { Reservations = [] } = await ec2.describeInstances({ InstanceIds: ids });
    const instances = Reservations.flatMap(({ Instances = [] }) => Instances);
    expect(instances.map(({ State }) => State?.Name)).toEqual(['running', 'running']);
    const { InstanceInformationList = [] } = await ssm.describeInstanceInformation({});
    const nodes = InstanceInformationList.map(({ InstanceId }) => InstanceId);
    expect(nodes.toSorted()).toEqual(ids.toSorted());
    expect(await runOn(ids, 'systemctl is-active ssh')).toEqual(['active\n', 'active\n']);
  });

  it('are audited once they have booted, and what is found is known to Security Hub and to SSM', async () => {
    const { instanceId } = served;
    // A host that was not up when it was looked for is looked for again a minute later.
    const answers = await eventually(instanceId, 'PL.HOST.1', status('PASSED'), 120);
    expect(answers).toMatchObject([
      {
        Resources: [{ Type: 'AwsEc2Instance', Id: arnOf(instanceId) }],
        Compliance: { Status: 'PASSED' },
      },
    ]);
    // Each area is a document, and answers by itself.
    const isOf = (area: RegExp) => (all: readonly AwsSecurityFinding[]) =>
      all.some(({ GeneratorId = '' }) => area.test(GeneratorId));
    const findings = await eventually(
      instanceId,
      'PL.',
      (all) => isOf(/PL\.SSH/)(all) && isOf(/PL\.KRN/)(all),
    );
    expect(findings.length).toBeGreaterThan(25);
    const statuses = new Set(findings.map(({ Compliance }) => Compliance?.Status));
    expect(statuses).toEqual(new Set(['PASSED', 'FAILED']));
    const items = await complianceOf(instanceId, ({ length }) => length === findings.length);
    expect(items).toContain('PL.HOST.1 COMPLIANT');
    expect(items).toHaveLength(findings.length);
  }, 240_000);

  it('fail the next audit where somebody has changed sshd', async () => {
    const { instanceId, other } = served;
    const before = await findingsOn(instanceId, 'PL.SSH.4');
    expect(before).toMatchObject([{ Compliance: { Status: 'PASSED' } }]);
    const script = `printf 'PermitEmptyPasswords yes\\n' >/etc/ssh/sshd_config.d/00-somebody.conf && systemctl reload ssh`;
    await runOn([instanceId, other], script);
    const after = await audited(instanceId, 'PL.SSH.4', 'FAILED');
    expect(after).toMatchObject([
      {
        ProductFields: {
          'plumbline/reason': expect.stringMatching(/^PermitEmptyPasswords is yes/),
        },
        Compliance: { Status: 'FAILED' },
        Workflow: { Status: 'NEW' },
        RecordState: 'ACTIVE',
      },
    ]);
    const wanted = 'PL.SSH.4 NON_COMPLIANT';
    const items = await complianceOf(instanceId, (all) => all.includes(wanted));
    expect(items).toContain(wanted);
    // The other host has answered the same audit, so that none reads what it is given next.
    const hasAnswered = status('FAILED');
    expect(hasAnswered(await eventually(other, 'PL.SSH.4', hasAnswered))).toBe(true);
  }, 120_000);

  /** The command line of an operator. */
  const asAlice = (...args: readonly string[]) =>
    plumbline([...args, '--baseline', served.baseline], {
      AWS_ENDPOINT_URL: served.url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'alice',
      AWS_SECRET_ACCESS_KEY: 'any',
    });

  /** What a checklist says of sshd on the other host, once all hosts were audited for it. */
  const sshdByChecklist = async () => {
    const since = new Date(Math.floor(Date.now() / 1000) * 1000).toISOString();
    const asked = await asAlice('checklist', 'post', '--audit', '--format', 'json');
    expect(asked.stderr).toBe('');
    const { items } = JSON.parse(asked.stdout);
    const { outcome, before, why, resources } = items.find(
      ({ id }: { id: string }) => id === 'server.1',
    );
    const read = resources.map(({ arn, status, readAt }: Record<string, string>) => [
      arn,
      status,
      (readAt ?? '') >= since,
    ]);
    // What nobody looks at here, such as containers, is not done.
    const unseen = items.filter(({ outcome: one }: Item) => one === 'cannot tell').length;
    return { code: asked.code, outcome, before, why, read, hasUnseen: unseen > 0 };
  };

  const matching = '/etc/ssh/sshd_config.d/99-match.conf';
  const right = { code: 2, outcome: 'done', before: 'done', why: '', read: [], hasUnseen: true };

  it('are audited anew by a checklist, which says what is otherwise since', async () => {
    const { other } = served;
    // Nobody hears of it: only who looks now can know.
    await runOn([other], `printf 'Match User nobody\\n  PermitRootLogin yes\\n' >${matching}`);
    try {
      expect(await sshdByChecklist()).toEqual({
        ...right,
        outcome: 'not done',
        read: [[arnOf(other), 'FAIL', true]],
      });
    } finally {
      // Nobody can tell whether sshd had read what is gone again, until it reads all anew.
      await runOn([other], `rm ${matching} && systemctl reload ssh`);
    }
  }, 180_000);

  it('are put right by a person’s word, confirmed, audited again, and taken back', async () => {
    const { instanceId } = served;
    const ask = (...args: readonly string[]) => asAlice(...args, '--json');
    const fixed = await ask('fix', instanceId, 'PL.SSH.4', '--yes');
    expect(fixed).toMatchObject({ code: 0, stderr: expect.not.stringContaining('Error') });
    const { id, state, calls } = JSON.parse(fixed.stdout);
    expect([state, calls.length]).toEqual(['VERIFIED', 2]);
    expect(await eventually(instanceId, 'PL.SSH.4', status('PASSED'))).toMatchObject([
      { Compliance: { Status: 'PASSED' }, Workflow: { Status: 'RESOLVED' } },
    ]);
    const undone = await ask('undo', id, '--confirm', id);
    expect(JSON.parse(undone.stdout)).toMatchObject({ undoes: id, state: 'VERIFIED' });
    expect(await eventually(instanceId, 'PL.SSH.4', status('FAILED'))).toMatchObject([
      { Compliance: { Status: 'FAILED' } },
    ]);
  }, 180_000);

  // Who asks again within a minute waits: what is between the two passes in that time.
  nightTest(
    'are audited once more by a checklist, which says that it is done again',
    async () => {
      expect(await sshdByChecklist()).toEqual({ ...right, before: 'not done' });
    },
    180_000,
  );

  nightTest(
    'that drift are put right by themselves, one first, the other once that was looked at again',
    async () => {
      const { instanceId, other, results, table, earlier } = served;
      const ids = [instanceId, other];
      const type = 'Host::EC2::Instance';
      const controls = ['PL.SSH.17'];
      const actionOn = (id: string) => {
        const ref = { account: '123456789012', region: 'us-east-1', id };
        return actionId({ type, ref, controls, episodes: [1], attempt: 0 });
      };
      const images = {
        bucket: 'none',
        owner: '123456789012',
        s3: () => Promise.reject(new Error('no image is kept')),
      };
      const dynamoDb = DynamoDBDocument.from(dynamo);
      const ledger = createLedger({ dynamoDb, table, earlier }, images);
      const known = async () =>
        (await Promise.all(ids.map((id) => ledger.get(actionOn(id))))).flatMap((one) =>
          one ? [one.action] : [],
        );
      const areVerified = async () => {
        const all = await known();
        return all.length === 2 && all.every(({ state }) => state === 'VERIFIED');
      };
      for (const id of ids) expect((await audited(id, 'PL.SSH.17', 'PASSED')).length).toBe(1);
      const quiet = `printf 'LogLevel QUIET\\n' >/etc/ssh/sshd_config.d/00-quiet.conf && systemctl reload ssh`;
      await runOn(ids, quiet);
      await auditAll();
      // What waits is asked for again in a minute; here as often as it is looked at.
      for (let tries = 1; tries < 60 && !(await areVerified()); tries += 1) {
        const begun = await known();
        const waiting = ids.filter((id) => !begun.some(({ ref }) => ref.id === id));
        for (const host of begun.length > 0 ? waiting : []) {
          const why = 'the test does not wait';
          const since = new Date().toISOString();
          const asked = { host, action: actionOn(host), controls, askedBy: 'drift', since };
          const message = { version: 1, type: 'waits', ...asked, tries: 100 + tries, why };
          await sqs.sendMessage({ QueueUrl: results, MessageBody: JSON.stringify(message) });
        }
        // An audit that did not know says nothing: the next one counts.
        if (tries % 15 === 0) await auditAll();
        await sleep(1500);
      }
      const actions = (await known()).toSorted((a, b) => a.startedAt.localeCompare(b.startedAt));
      expect(actions.map(({ state }) => state)).toEqual(['VERIFIED', 'VERIFIED']);
      expect(actions.map(({ canary }) => canary)).toEqual([true, undefined]);
      const [first, second] = actions;
      expect((second?.startedAt ?? '') > (first?.concludedAt ?? '')).toBe(true);
      for (const id of ids)
        expect(await eventually(id, 'PL.SSH.17', status('PASSED'))).toMatchObject([
          { Compliance: { Status: 'PASSED' }, Workflow: { Status: 'RESOLVED' } },
        ]);
    },
    180_000,
  );

  nightTest(
    'that print what is no audit change nothing but that it is not known',
    async () => {
      const honest = await findingsOn(served.instanceId, 'PL.SSH.1');
      child.stdin?.write('lie\n');
      const registered = 2 + Object.keys(served.liars).length;
      while (
        (await ssm.describeInstanceInformation()).InstanceInformationList?.length !== registered
      )
        await sleep(50);
      await auditAll();
      for (const [lie, id] of Object.entries(served.liars)) {
        const findings = await eventually(id, 'PL.', (all) => all.length > 0);
        const said = findings.map(({ Compliance }) => Compliance?.Status);
        expect([lie, new Set(said)]).toEqual([lie, new Set(['NOT_AVAILABLE'])]);
        expect(JSON.stringify(findings)).not.toMatch(/<script|S3\.8|PASSED|docker/);
      }
      expect(await findingsOn(served.instanceId, 'PL.SSH.1')).toEqual(honest);
    },
    120_000,
  );

  it('are not believed where somebody else asks them', async () => {
    const { instanceId } = served;
    const before = await findingsOn(instanceId, 'PL.');
    const { Command } = await ssm.sendCommand({
      DocumentName: 'Plumbline-AuditHost-ssh',
      InstanceIds: [instanceId],
      Parameters: { Parameters: ['PL.SSH.6.max=1'] },
    });
    const asked = { CommandId: Command?.CommandId, InstanceId: instanceId };
    while (/Pending|InProgress/.test((await ssm.getCommandInvocation(asked)).Status ?? ''))
      await sleep(50);
    await sleep(2000);
    expect(await findingsOn(instanceId, 'PL.')).toEqual(before);
  }, 60_000);

  it('have their findings archived when they are terminated', async () => {
    child.stdin?.write('terminate\n');
    const isArchived = (all: readonly AwsSecurityFinding[]) =>
      all.length > 0 && all.every(({ RecordState }) => RecordState === 'ARCHIVED');
    const findings = await eventually(served.instanceId, 'PL.', isArchived);
    expect(isArchived(findings)).toBe(true);
  }, 60_000);
});
