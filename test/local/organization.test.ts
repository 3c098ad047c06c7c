import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { Organizations } from '@aws-sdk/client-organizations';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import { createRoster } from '../../lib/aws/stores/roster.ts';
import { assumed, type Credentials, person } from './assume.ts';
import { account as hub, pathMillis, region, worldAt } from './path/world.ts';
import { serve } from './served.ts';

const member = '444455556666';
const later = '777788889999';
let served: Awaited<ReturnType<typeof serve>> | undefined;
const url = () => served?.url ?? '';
beforeAll(async () => {
  served = await serve({
    members: [member],
    regions: ['eu-west-1'],
    scheduleSpeed: 0,
    settlesAfterSeconds: 0,
  });
}, 300_000);
afterAll(() => served?.end());

const settings = (credentials: Credentials, at = region) => ({
  region: at,
  endpoint: url(),
  credentials,
});
const administrator = (account: string) =>
  `arn:aws:iam::${account}:role/OrganizationAccountAccessRole`;
/** Bob of the hub, as he administers an account of the organization. */
const bobOf = (account: string) => assumed(settings(person('bob')), administrator(account));
const there = async (account: string) => {
  const { accessKeyId, secretAccessKey, sessionToken } = await bobOf(account);
  return worldAt(url()).as(accessKeyId, secretAccessKey, sessionToken);
};
const organizations = () => new Organizations(settings(person('alice')));
const ssh = [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];

const opened = async (account: string) => {
  const { ec2 } = await there(account);
  const { GroupId = '' } = await ec2.createSecurityGroup({
    GroupName: `ssh-${Math.random()}`,
    Description: 'organization',
  });
  await ec2.authorizeSecurityGroupIngress({ GroupId, IpPermissions: ssh });
  return `arn:aws:ec2:${region}:${account}:security-group/${GroupId}`;
};

const instances = async () => {
  const cloudFormation = new CloudFormation(settings(person('alice')));
  const { Summaries: sets = [] } = await cloudFormation.listStackSets({});
  const all = await Promise.all(
    sets.map(({ StackSetName }) => cloudFormation.listStackInstances({ StackSetName })),
  );
  return all.flatMap(({ Summaries = [] }, index) =>
    Summaries.map(
      ({ Account, Region, Status }) =>
        `${sets[index]?.StackSetName} ${Account} ${Region} ${Status}`,
    ),
  );
};
const deployedIn = (account: string) => [
  `PlumblineMemberRoles ${account} us-east-1 CURRENT`,
  `PlumblineMember ${account} us-east-1 CURRENT`,
  `PlumblineMember ${account} eu-west-1 CURRENT`,
];

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
/** The accounts that Plumbline has listed. */
const listed = async () => {
  const dynamodb = new DynamoDB(settings(person('alice')));
  const { TableNames = [] } = await dynamodb.listTables({});
  const table = TableNames.find((name) => name.includes('Posture')) ?? '';
  const roster = await createRoster(DynamoDBDocument.from(dynamodb), table).read();
  return roster?.accounts.map(({ id }) => id) ?? [];
};
/** What comes of a call to Organizations comes after its answer. */
const until = async (isSo: () => Promise<boolean>) => {
  for (let tries = 0; tries < 90; tries += 1) {
    if (await isSo()) return;
    await pause(1000);
  }
  throw new Error('waited in vain for a minute and a half');
};

describe('an account of the organization', () => {
  it('has what StackSets deploy', async () => {
    expect(await instances()).toEqual(expect.arrayContaining(deployedIn(member)));
  });

  it(
    'is heard, once it was listed',
    async () => {
      const resource = await opened(member);
      const failed = await worldAt(url()).finding({
        control: 'EC2.13',
        resource,
        status: 'FAILED',
      });
      expect(failed.AwsAccountId).toBe(member);
    },
    pathMillis * 2,
  );

  it('lets nobody of it put what it likes on the bus', async () => {
    const put = new EventBridge(settings(await bobOf(member))).putEvents({
      Entries: [
        {
          EventBusName: `arn:aws:events:${region}:${hub}:event-bus/Plumbline-Ears`,
          Source: 'aws.ec2',
          DetailType: 'AWS API Call via CloudTrail',
          Detail: '{}',
        },
      ],
    });
    await expect(put).rejects.toMatchObject({
      name: /AccessDenied|NotAuthorized|ResourceNotFound/,
    });
  });

  it(
    'that joins later is given what it needs, and heard',
    async () => {
      await organizations().createAccount({ AccountName: later, Email: 'later@example.com' });
      const { finding, look } = worldAt(url());
      await until(async () => (await instances()).length >= 6);
      expect(await instances()).toEqual(expect.arrayContaining(deployedIn(later)));
      await until(async () => (await listed()).includes(later));
      // For so long whoever evaluates knows the accounts as they were.
      await pause(61_000);
      const resource = await opened(later);
      const failed = await finding({ control: 'EC2.13', resource, status: 'FAILED' });
      expect(failed.AwsAccountId).toBe(later);
      expect(
        await look({ control: 'EC2.13', resource: resource.replace(later, hub) }),
      ).toBeUndefined();
    },
    pathMillis * 10,
  );

  it(
    'that is closed lets nobody in',
    async () => {
      await organizations().closeAccount({ AccountId: later });
      const refusal = () =>
        bobOf(later).then(
          () => undefined,
          (failure: Error) => failure.name,
        );
      await until(async () => (await refusal()) !== undefined);
      expect(await refusal()).toBe('AccessDenied');
    },
    pathMillis,
  );
});
