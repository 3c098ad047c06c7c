import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createReader } from '../../../lib/aws/reader.ts';
import type { Change } from '../../../lib/engine/changes/change.ts';
import { parseEvent } from '../../../lib/engine/changes/event-to-changes.ts';
import { sweep } from '../../../lib/pipeline/sweep/sweep.ts';
import { resourceTypes } from '../../../lib/resources/every.ts';
import { provenanceOf } from '../../fakes/heard.ts';
import { uniqueName } from '../../remediation/drift.ts';
import { openStack, type Plumbline, plumblineOn, type TestStack } from '../../remediation/stack.ts';
import { accountId, refOf, region } from '../../resources/aws.ts';
import { limits } from './obstacles.ts';

const group = 'AWS::EC2::SecurityGroup';
const ssh = 'EC2.13';
const place = { account: accountId, homeRegion: region, regions: [region] };
const event = JSON.parse(
  await readFile(
    new URL('../../events/AuthorizeSecurityGroupIngress.json', import.meta.url),
    'utf8',
  ),
);

let stack: TestStack;
let plumbline: Plumbline;
beforeAll(async () => {
  stack = await openStack();
  plumbline = await plumblineOn(stack, {
    controls: { [ssh]: {} },
    baseline: limits({ deployRoles: [`arn:aws:iam::${accountId}:role/terraform`] }),
  });
}, 180_000);
afterAll(() => stack.end(), 60_000);

const terraform = {
  type: 'AssumedRole',
  principalId: 'AROAEXAMPLE:run',
  arn: `arn:aws:sts::${accountId}:assumed-role/terraform/run`,
  accountId,
};
const mallory = {
  type: 'IAMUser',
  principalId: 'AIDAEXAMPLE',
  arn: `arn:aws:iam::${accountId}:user/mallory`,
  accountId,
  userName: 'mallory',
};

/** What EventBridge brings of a call, as changes: a type that it leaves open is listed. */
const brought = async (detail: object, to = plumbline): Promise<readonly Change[]> => {
  const eventTime = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const told = { ...event.detail, eventID: randomUUID(), eventTime, ...detail };
  const sent = { ...event, time: eventTime, detail: told };
  const parsed = parseEvent(sent, resourceTypes, place, provenanceOf(sent, new Date()));
  if ('dropped' in parsed) throw new Error(parsed.dropped);
  to.changes.length = 0;
  // Listing is the sweep's own permission.
  const reader = () => createReader({ account: accountId, region, clients: stack.clients });
  await sweep(parsed.sweeps, { ...to.runtime, reader });
  return [...parsed.changes, ...to.changes.splice(0)];
};
const later = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

/** A group that passes, and then lets the world in over SSH; what CloudTrail will say of that. */
const opened = async () => {
  const ec2 = await stack.clients('ec2');
  const GroupName = uniqueName('web');
  const { GroupId = '' } = await ec2.createSecurityGroup({ GroupName, Description: 'web' });
  await plumbline.evaluate([
    { version: 1, type: group, ref: refOf(GroupId), facets: 'all', cause: { kind: 'sweep' } },
  ]);
  // CloudTrail's times have whole seconds: the PASS is older than the drift by more than that.
  await later(1_100);
  const IpPermissions = [
    { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] },
  ];
  await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions });
  const eventTime = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const requestParameters = { groupName: GroupName, ipPermissions: {} };
  const items = [{ groupId: GroupId, cidrIpv4: '0.0.0.0/0', fromPort: 22, toPort: 22 }];
  const responseElements = { _return: true, securityGroupRuleSet: { items } };
  return { id: GroupId, told: { eventTime, requestParameters, responseElements } };
};
const controlOf = async (id: string) => (await plumbline.row(group, id))?.controls[ssh];

it('an unrelated VPC of Terraform neither takes the blame for a port nor keeps it open', async () => {
  const { id, told } = await opened();
  const parameters = { requestParameters: { cidrBlock: '10.9.0.0/16' }, responseElements: null };
  await plumbline.evaluate(
    await brought({ eventName: 'CreateVpc', userIdentity: terraform, ...parameters }),
  );
  expect(await controlOf(id)).toMatchObject({ lastKnown: 'FAIL', causes: [] });
  // The culprit's event comes after Terraform's, and names the group by its name.
  await plumbline.evaluate(await brought({ ...told, userIdentity: mallory }));
  expect((await controlOf(id))?.causes.map(({ by }) => by)).toEqual([mallory.arn]);
  const [ask] = plumbline.asks;
  await plumbline.drive();
  const action = (await plumbline.remediation.ledger.get(ask?.id ?? ''))?.action;
  expect(action).toMatchObject({ state: 'VERIFIED', driftedBy: [mallory.arn] });
});

it('what came with a VPC is by whoever made that', async () => {
  const ec2 = await stack.clients('ec2');
  const { Vpc } = await ec2.createVpc({ CidrBlock: '10.8.0.0/16' });
  const { SecurityGroups = [] } = await ec2.describeSecurityGroups({
    Filters: [{ Name: 'vpc-id', Values: [Vpc?.VpcId ?? ''] }],
  });
  const all = await brought({
    eventName: 'CreateVpc',
    userIdentity: terraform,
    requestParameters: { cidrBlock: '10.8.0.0/16' },
    responseElements: { vpc: { vpcId: Vpc?.VpcId } },
  });
  const changes = all.filter(({ type }) => type === 'AWS::EC2::SecurityGroup');
  expect(changes.map(({ ref }) => ref.id)).toEqual(SecurityGroups.map(({ GroupId }) => GroupId));
  expect(changes).toMatchObject([{ cause: { by: terraform.arn } }]);
  expect(changes[0]?.cause).not.toHaveProperty('reach');
});

it('a policy too large for CloudTrail is its caller’s where it changed a user, and on no other', async () => {
  const iam = await stack.clients('iam');
  const own = await plumblineOn(stack, { controls: { 'IAM.27': {} }, baseline: limits({}) });
  const [victim, other] = [uniqueName('victim'), uniqueName('other')];
  const user = 'AWS::IAM::User';
  for (const UserName of [victim, other]) {
    await iam.createUser({ UserName });
    const cause = { kind: 'sweep' } as const;
    await own.evaluate([{ version: 1, type: user, ref: refOf(UserName), facets: 'all', cause }]);
  }
  await later(1_100);
  const PolicyArn = 'arn:aws:iam::aws:policy/AWSCloudShellFullAccess';
  await iam.attachUserPolicy({ UserName: victim, PolicyArn });
  const cut = { reason: 'requestParameters too large', omitted: true, originalSize: 131_072 };
  const changes = await brought(
    {
      eventSource: 'iam.amazonaws.com',
      eventName: 'AttachUserPolicy',
      userIdentity: mallory,
      requestParameters: cut,
      responseElements: null,
    },
    own,
  );
  expect(changes.map(({ ref }) => ref.id)).toEqual(expect.arrayContaining([victim, other]));
  await own.evaluate(changes.filter(({ type, ref }) => type === user && ref.id !== 'mallory'));
  const causesOf = async (id: string) =>
    (await own.row(user, id))?.controls['IAM.27']?.causes.map(({ by }) => by);
  expect(await causesOf(victim)).toEqual([mallory.arn]);
  expect(await causesOf(other)).toEqual([]);
});
