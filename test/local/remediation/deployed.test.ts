import { setTimeout as sleep } from 'node:timers/promises';
import { keyOf } from '../../../lib/engine/changes/change.ts';
import type { Action } from '../../../lib/engine/remediation/action.ts';
import { sampled } from '../../extent.ts';
import { type Drift, uniqueName } from '../../remediation/drift.ts';
import { drifts } from '../../remediation/drifts/index.ts';
import { refOf } from '../../resources/aws.ts';
import { type Deployed, openDeployed } from './deployed.ts';

/** One with a plan of one call and one of several; at night of other services too. */
const remediated = sampled(['S3.8', 'IAM.27', 'RDS.8', 'EC2.13', 'KMS.4'], { usual: 3 });
const settlesAfterSeconds = 3;
const baseline = `
presets: []
controls:
${[...remediated, 'EC2.2'].map((id) => `  ${id}: { mode: remediate, risk: disruptive }`).join('\n')}
  S3.14: { mode: plan, risk: disruptive }
`;
const alice = 'arn:aws:iam::123456789012:user/alice';
const bucketType = 'AWS::S3::Bucket';
const groupType = 'AWS::EC2::SecurityGroup';

const driftOf = (id: string): Drift => {
  const drift = drifts.find(({ control }) => control === id);
  if (!drift) throw new Error(`there is no drift of ${id}`);
  return drift;
};
let local: Deployed;
/** By control, resources that have passed it and are no more being created. */
const compliant = new Map<string, string>();
beforeAll(async () => {
  local = await openDeployed(baseline, settlesAfterSeconds);
  for (const control of remediated) {
    const id = await driftOf(control).arrange(local.clients);
    await finding(control, id, /^PASSED/);
    compliant.set(control, id);
  }
  await settled();
}, 180_000);
afterAll(() => local.end(), 60_000);

/** The finding of a control on a resource, once its status and note are as wanted. */
const finding = async (control: string, id: string, wanted: RegExp) => {
  let is = 'nothing';
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(200)) {
    const all = await local.findingsOf(control);
    const found = all.find(({ Resources = [] }) => Resources[0]?.Id?.endsWith(id));
    is = `${found?.Compliance?.Status} ${found?.Workflow?.Status}: ${found?.Note?.Text ?? ''}`;
    if (found && wanted.test(is)) return found;
  }
  throw new Error(`waited in vain for ${wanted} of ${control} on ${id}; it is ${is}`);
};
const actionsOn = async (id: string): Promise<readonly Action[]> => {
  const all = await local.ledger.list([new Date().toISOString().slice(0, 7)], 100);
  return all.filter(({ ref }) => ref.id === id);
};
const planOn = (type: string, id: string, control: string) =>
  local.posture.readPlan(keyOf({ type, ref: refOf(id) }), control);
/** Long enough for what is to be left alone to be put right, were it not. */
const settled = () => sleep((settlesAfterSeconds + 2) * 1000);
const verified = /^PASSED RESOLVED: remediation VERIFIED/;

describe('the deployed stack', () => {
  it.each(remediated)('puts a drift of %s right, proves it and says so', async (control) => {
    const { drift, type } = driftOf(control);
    const id = compliant.get(control) ?? '';
    await drift(local.clients, id);
    const { Note } = await finding(control, id, verified);
    const [action, ...more] = await actionsOn(id);
    expect(more).toEqual([]);
    expect(action).toMatchObject({ type, controls: [control], state: 'VERIFIED' });
    expect(action?.driftedBy).toEqual([alice]);
    expect(new Set(action?.calls.map(({ result }) => result))).toEqual(new Set(['done']));
    expect(Note?.Text).toContain(
      `drift by ${alice}. Undo: npx --no-install plumbline undo ${action?.id}`,
    );
  });

  it('lets a creation in steps finish before it puts it right', async () => {
    const id = uniqueName('fresh');
    const s3 = await local.clients('s3');
    // CloudTrail tells whole seconds.
    const begun = Math.floor(Date.now() / 1000) * 1000;
    await s3.createBucket({ Bucket: id });
    await s3.deletePublicAccessBlock({ Bucket: id });
    await finding('S3.8', id, verified);
    const [action, ...more] = await actionsOn(id);
    expect(more).toEqual([]);
    const waited = Date.parse(action?.startedAt ?? '') - begun;
    expect(waited).toBeGreaterThanOrEqual(settlesAfterSeconds * 1000);
  });

  it('only plans where the mode is plan', async () => {
    const id = await driftOf('S3.8').arrange(local.clients);
    await finding('S3.14', id, /^FAILED/);
    await settled();
    expect((await planOn(bucketType, id, 'S3.14'))?.plan).toMatchObject({
      kind: 'calls',
      calls: [{ operation: 'putBucketVersioning', input: { Bucket: id } }],
    });
    expect(await actionsOn(id)).toEqual([]);
    const s3 = await local.clients('s3');
    expect((await s3.getBucketVersioning({ Bucket: id })).Status).toBeUndefined();
  });

  it('only plans what was so before anybody looked', async () => {
    const ec2 = await local.clients('ec2');
    const defaults = { Filters: [{ Name: 'group-name', Values: ['default'] }] };
    const found = async () => (await ec2.describeSecurityGroups(defaults)).SecurityGroups?.[0];
    const before = await found();
    const id = before?.GroupId ?? '';
    await sweep();
    await finding('EC2.2', id, /^FAILED/);
    await settled();
    expect((await planOn(groupType, id, 'EC2.2'))?.plan.kind).toBe('calls');
    expect(await actionsOn(id)).toEqual([]);
    expect(await found()).toEqual(before);
  });
});

/** What the rule by the clock sends. */
const sweep = async () => {
  const QueueNamePrefix = 'Plumbline-PagesQueue';
  const { QueueUrls = [] } = await (await local.clients('sqs')).listQueues({ QueueNamePrefix });
  await (await local.sweeper('sqs')).sendMessage({
    QueueUrl: QueueUrls[0],
    MessageBody: JSON.stringify({ version: 1, sweep: 'due' }),
  });
};
