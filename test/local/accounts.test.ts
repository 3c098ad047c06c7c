import { EventBridge } from '@aws-sdk/client-eventbridge';
import { SQS } from '@aws-sdk/client-sqs';
import { placeSweepOf } from '../../lib/pipeline/sweep/places.ts';
import { nightTest } from '../extent.ts';
import { type Asked, assumed, type Credentials, person } from './assume.ts';
import { account as hub, pathMillis, region, told, worldAt } from './path/world.ts';
import { serve } from './served.ts';

const member = '444455556666';
const administrator = `arn:aws:iam::${member}:role/OrganizationAccountAccessRole`;
let served: Awaited<ReturnType<typeof serve>> | undefined;
const url = () => served?.url ?? '';
beforeAll(async () => {
  served = await serve({ accounts: [member], scheduleSpeed: 0, settlesAfterSeconds: 0 });
}, 120_000);
afterAll(() => served?.end());

const settings = (credentials: Credentials) => ({ region, endpoint: url(), credentials });
const assume = (as: Credentials, RoleArn: string, asked: Asked = {}) =>
  assumed(settings(as), RoleArn, asked);
/** Bob of the hub, as he administers the member. */
const there = async () => {
  const { accessKeyId, secretAccessKey, sessionToken } = await assume(person('bob'), administrator);
  return worldAt(url()).as(accessKeyId, secretAccessKey, sessionToken);
};
const ssh = [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
const refused = { name: 'AccessDenied' };

// With each change one of each way to hear of it is found in such an account: every-service.
describe('a change in a member account', () => {
  nightTest(
    'becomes a finding in that account and region, by whoever it was there',
    async () => {
      const { finding, look } = worldAt(url());
      const { ec2 } = await there();
      const { GroupId = '' } = await ec2.createSecurityGroup({
        GroupName: 'accounts-ssh',
        Description: 'accounts',
      });
      const resource = `arn:aws:ec2:${region}:${member}:security-group/${GroupId}`;
      await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: ssh });
      const failed = await finding({ control: 'EC2.13', resource, status: 'FAILED' });
      expect(failed).toMatchObject({
        AwsAccountId: member,
        ProductArn: `arn:aws:securityhub:${region}:${member}:product/${member}/default`,
      });
      expect(told(failed, 'by')).toBe(
        `arn:aws:sts::${member}:assumed-role/OrganizationAccountAccessRole/bob`,
      );
      const { securityHub } = await there();
      const { Findings: own = [] } = await securityHub.getFindings({});
      expect(new Set(own.map(({ AwsAccountId }) => AwsAccountId))).toEqual(new Set([member]));
      await ec2.revokeSecurityGroupIngress({ GroupId, IpPermissions: ssh });
      await finding({ control: 'EC2.13', resource, status: 'PASSED', workflow: 'RESOLVED' });
      const ofHub = resource.replace(member, hub);
      expect(await look({ control: 'EC2.13', resource: ofHub })).toBeUndefined();
    },
    pathMillis,
  );

  nightTest(
    'of what is global is told as well',
    async () => {
      const { finding } = worldAt(url());
      const { iam } = await there();
      await iam.createRole({
        RoleName: 'open',
        AssumeRolePolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
        }),
      });
      const resource = `arn:aws:iam::${member}:role/open`;
      const failed = await finding({ control: 'PL.IAM.1', resource, status: 'FAILED' });
      expect(failed.AwsAccountId).toBe(member);
      await iam.deleteRole({ RoleName: 'open' });
    },
    pathMillis,
  );
});

describe('the roles of the member', () => {
  const roleOf = (name: string, account = member) => `arn:aws:iam::${account}:role/${name}`;
  const evaluate = (): Credentials => {
    const found = served?.own['evaluate'];
    if (!found) throw new Error('there is no function that evaluates');
    return found;
  };

  it.each(['Plumbline-Read', 'Plumbline-Publish'])('%s lets no person in', async (name) => {
    await expect(assume(person('root-admin'), roleOf(name))).rejects.toMatchObject(refused);
    const bob = await assume(person('bob'), administrator);
    await expect(assume(bob, roleOf(name))).rejects.toMatchObject(refused);
  });

  it('let the hub’s own function in with the external id of its stack alone', async () => {
    for (const ExternalId of [
      undefined,
      'other',
      `arn:aws:cloudformation:${region}:${hub}:stack/Plumbline/1`,
    ])
      await expect(
        assume(
          evaluate(),
          roleOf('Plumbline-Read'),
          ExternalId === undefined ? {} : { ExternalId },
        ),
      ).rejects.toMatchObject(refused);
  });

  it('are not looked for in an account that is not named', async () => {
    const account = '999999999999';
    await expect(assume(evaluate(), roleOf('Plumbline-Read', account))).rejects.toMatchObject(
      refused,
    );
    await expect(assume(person('bob'), roleOf('any', account))).rejects.toMatchObject(refused);
  });
});

describe('whoever administers the member', () => {
  /** Sends what a function of Plumbline sends. */
  const sent = async (by: 'evaluate' | 'sweep', QueueNamePrefix: string, message: object) => {
    const own = served?.own[by];
    if (!own) throw new Error(`there is no function ${by}`);
    const { QueueUrls: [QueueUrl] = [] } = await new SQS(settings(person('auditor'))).listQueues({
      QueueNamePrefix,
    });
    await new SQS(settings(own)).sendMessage({ QueueUrl, MessageBody: JSON.stringify(message) });
  };
  /** As the sweep asks, and whatever is refused there. */
  const look = () =>
    sent('evaluate', 'Plumbline-ChangesQueue', {
      version: 1,
      type: 'Plumbline::Member',
      ref: { account: hub, region, id: member },
      facets: 'all',
      cause: { kind: 'review' },
    });

  it('puts no event of AWS on the bus, and nothing into the queues of the hub', async () => {
    const bob = await assume(person('bob'), administrator);
    const put = (EventBusName: string) =>
      new EventBridge(settings(bob)).putEvents({
        Entries: [
          {
            EventBusName,
            Source: 'aws.ec2',
            DetailType: 'AWS API Call via CloudTrail',
            Detail: '{}',
          },
        ],
      });
    await expect(
      put(`arn:aws:events:${region}:${hub}:event-bus/Plumbline-Ears`),
    ).rejects.toMatchObject({ name: 'AccessDeniedException' });
    const { Entries: [entry] = [] } = await put('default');
    expect(entry?.ErrorCode).toBe('NotAuthorizedForSourceException');
    const { QueueUrls: [QueueUrl] = [] } = await new SQS(settings(person('auditor'))).listQueues({
      QueueNamePrefix: 'Plumbline-ChangesQueue',
    });
    await expect(
      new SQS(settings(bob)).sendMessage({ QueueUrl, MessageBody: '{"version":1}' }),
    ).rejects.toThrow();
  });

  it(
    'is told of in the hub where they make the account deaf, until it hears again',
    async () => {
      const { finding } = worldAt(url());
      const bob = await assume(person('bob'), administrator);
      const events = new EventBridge(settings(bob));
      const { Rules: [rule] = [] } = await events.listRules({ NamePrefix: 'PlumblineMember-' });
      const control = 'PL.ACCOUNT.2';
      const resource = `arn:aws:iam::${member}:root`;
      await look();
      await finding({ control, resource, status: 'PASSED' });
      await events.disableRule({ Name: rule?.Name });
      await look();
      const failed = await finding({ control, resource, status: 'FAILED' });
      expect(failed.AwsAccountId).toBe(hub);
      expect(failed.Description).toContain(
        `account ${member} does not bring all that changes in ${region}`,
      );
      await events.enableRule({ Name: rule?.Name });
      await look();
      await finding({ control, resource, status: 'PASSED', workflow: 'RESOLVED' });
    },
    pathMillis,
  );

  // What is looked at with the rules, and told of as they are.
  nightTest(
    'is told of in the hub where they delete the queue of what could not be brought',
    async () => {
      const { finding } = worldAt(url());
      const sqs = new SQS(settings(await assume(person('bob'), administrator)));
      const { QueueUrls: [QueueUrl = ''] = [] } = await sqs.listQueues({
        QueueNamePrefix: 'PlumblineMember-',
      });
      const wanted = { control: 'PL.ACCOUNT.2', resource: `arn:aws:iam::${member}:root` };
      await look();
      await finding({ ...wanted, status: 'PASSED' });
      await sqs.deleteQueue({ QueueUrl });
      await look();
      const failed = await finding({ ...wanted, status: 'FAILED' });
      expect(failed.Description).toContain(`keeps nothing of what it cannot bring in ${region}`);
      await sqs.createQueue({ QueueName: QueueUrl.split('/').at(-1) });
      await look();
      await finding({ ...wanted, status: 'PASSED', workflow: 'RESOLVED' });
    },
    pathMillis,
  );

  it(
    'is found by the next sweep where the hub heard nothing, and nobody is named for it',
    async () => {
      const { finding, look: seen } = worldAt(url());
      const events = new EventBridge(settings(person('root-admin')));
      const EventBusName = 'Plumbline-Ears';
      const { Policy } = await events.describeEventBus({ Name: EventBusName });
      const nobody = JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'Nobody',
            Effect: 'Deny',
            Principal: '*',
            Action: 'events:PutEvents',
            Resource: `arn:aws:events:${region}:${hub}:event-bus/${EventBusName}`,
            Condition: { StringNotEquals: { 'aws:PrincipalAccount': hub } },
          },
        ],
      });
      await events.putPermission({ EventBusName, Policy: nobody });
      const { ec2 } = await there();
      const { GroupId = '' } = await ec2.createSecurityGroup({
        GroupName: `accounts-unheard-${Date.now()}`,
        Description: 'accounts',
      });
      await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: ssh });
      const resource = `arn:aws:ec2:${region}:${member}:security-group/${GroupId}`;
      const sqs = new SQS(settings(await assume(person('bob'), administrator)));
      const { QueueUrls: [QueueUrl = ''] = [] } = await sqs.listQueues({
        QueueNamePrefix: 'PlumblineMember-',
      });
      const { Messages = [] } = await sqs.receiveMessage({ QueueUrl, MaxNumberOfMessages: 10 });
      expect(Messages.map(({ Body = '' }) => JSON.parse(Body))).toContainEqual(
        expect.objectContaining({ account: member, region }),
      );
      await events.removePermission({ EventBusName, RemoveAllPermissions: true });
      await events.putPermission({ EventBusName, Policy });
      expect(await seen({ control: 'EC2.13', resource })).toBeUndefined();
      await sent('sweep', 'Plumbline-PagesQueue', placeSweepOf({ account: member, region }));
      const failed = await finding({ control: 'EC2.13', resource, status: 'FAILED' });
      expect([told(failed, 'by'), told(failed, 'among')]).toEqual([undefined, undefined]);
      await ec2.revokeSecurityGroupIngress({ GroupId, IpPermissions: ssh });
      await finding({ control: 'EC2.13', resource, status: 'PASSED', workflow: 'RESOLVED' });
    },
    pathMillis,
  );

  it(
    'is told of in the hub where they shut Plumbline out, until they let it in again',
    async () => {
      const { finding } = worldAt(url());
      const { iam } = await there();
      const RoleName = 'Plumbline-Read';
      const { Role } = await iam.getRole({ RoleName });
      const before = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '');
      const trustIn = (PolicyDocument: string) =>
        iam.updateAssumeRolePolicy({ RoleName, PolicyDocument });
      const resource = `arn:aws:iam::${member}:root`;
      const control = 'PL.ACCOUNT.1';
      await look();
      await finding({ control, resource, status: 'PASSED' });
      await trustIn(before.replaceAll(hub, '999999999999'));
      await look();
      const failed = await finding({ control, resource, status: 'FAILED' });
      expect(failed.AwsAccountId).toBe(hub);
      expect(failed.Description).toContain(`account ${member} lets Plumbline not assume`);
      expect(failed.Description).toContain('Plumbline-Read');
      // What trusts a stranger is no role of ours, whatever it is called.
      const role = `arn:aws:iam::${member}:role/${RoleName}`;
      await finding({ control: 'PL.IAM.2', resource: role, status: 'FAILED' });
      await trustIn(before);
      await finding({ control: 'PL.IAM.2', resource: role, status: 'PASSED' });
      await look();
      await finding({ control, resource, status: 'PASSED', workflow: 'RESOLVED' });
    },
    pathMillis,
  );
});
