import { EventBridge } from '@aws-sdk/client-eventbridge';
import { account, pathMillis, region, told, worldAt } from './path/world.ts';
import { serve } from './served.ts';

const elsewhere = 'eu-west-1';
let served: Awaited<ReturnType<typeof serve>> | undefined;
const url = () => served?.url ?? '';
beforeAll(async () => {
  served = await serve({ regions: [elsewhere], scheduleSpeed: 0, settlesAfterSeconds: 0 });
}, 120_000);
afterAll(() => served?.end());

const ssh = [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
const eventsAt = (at: string) =>
  new EventBridge({
    region: at,
    endpoint: url(),
    credentials: { accessKeyId: 'mallory', secretAccessKey: 'any' },
  });

describe('a baseline of two regions', () => {
  it.each([elsewhere, region])(
    'tells of a group that is opened in %s there, and who did it',
    async (at) => {
      const { as, finding } = worldAt(url());
      const { ec2 } = as('root-admin', 'any', undefined, at);
      const { GroupId = '' } = await ec2.createSecurityGroup({
        GroupName: 'regions-ssh',
        Description: 'regions',
      });
      const resource = `arn:aws:ec2:${at}:${account}:security-group/${GroupId}`;
      await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: ssh });
      const failed = await finding({ control: 'EC2.13', resource, status: 'FAILED' });
      expect(failed.Resources?.[0]?.Region).toBe(at);
      expect(failed.ProductArn).toContain(`:securityhub:${at}:`);
      expect(told(failed, 'by')).toBe(`arn:aws:iam::${account}:user/root-admin`);
      await ec2.revokeSecurityGroupIngress({ GroupId, IpPermissions: ssh });
      await finding({ control: 'EC2.13', resource, status: 'PASSED', workflow: 'RESOLVED' });
    },
    pathMillis,
  );

  it(
    'tells when a rule on the bus is disabled, and of nothing else that is not as it was deployed',
    async () => {
      const { finding } = worldAt(url());
      const events = eventsAt(region);
      const onBus = { EventBusName: 'Plumbline-Ears' };
      const { Rules: [rule] = [] } = await events.listRules(onBus);
      const resource = `arn:aws:iam::${account}:root`;
      const named = { ...onBus, Name: rule?.Name ?? '' };
      await events.disableRule(named);
      const failed = await finding({ control: 'PL.BLIND.4', resource, status: 'FAILED' });
      expect(failed.Description).toMatch(/1 of \d+ rules bring no event/);
      await finding({ control: 'PL.BLIND.5', resource, status: 'FAILED' });
      await events.enableRule(named);
      await finding({ control: 'PL.BLIND.4', resource, status: 'PASSED' });
      await finding({ control: 'PL.BLIND.5', resource, status: 'PASSED' });
    },
    pathMillis,
  );

  it('has rules on the bus that bring nothing which somebody put there', async () => {
    const put = (Source: string) =>
      eventsAt(region).putEvents({
        Entries: [
          {
            EventBusName: 'Plumbline-Ears',
            Source,
            DetailType: 'AWS API Call via CloudTrail',
            Detail: '{"eventSource":"ec2.amazonaws.com","eventName":"CreateSecurityGroup"}',
          },
        ],
      });
    const { Entries: [entry] = [] } = await put('aws.ec2');
    expect(entry?.ErrorCode).toBe('NotAuthorizedForSourceException');
  });
});
