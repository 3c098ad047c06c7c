import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { IAM } from '@aws-sdk/client-iam';
import { Organizations } from '@aws-sdk/client-organizations';
import { SecurityHub } from '@aws-sdk/client-securityhub';
import { SQS } from '@aws-sdk/client-sqs';
import { DynamoDBDocument } from '@aws-sdk/lib-dynamodb';
import type { Left } from '../../lib/aws/left-behind.ts';
import { createRoster } from '../../lib/aws/stores/roster.ts';
import type { PlaceState } from '../../lib/cli/commands/doctor/organization/place-state.ts';
import { placeSweepOf } from '../../lib/pipeline/sweep/places.ts';
import { plumbline } from '../cli/run.ts';
import { nightTest } from '../extent.ts';
import { assumed, type Credentials, person } from './assume.ts';
import { account as hub, pathMillis, region, worldAt } from './path/world.ts';
import { serve } from './served.ts';

const member = '444455556666';
const later = '777788889999';
let served: Awaited<ReturnType<typeof serve>> | undefined;
const url = () => served?.url ?? '';
const baseline = join(tmpdir(), `plumbline-organization-${process.pid}.yaml`);
beforeAll(async () => {
  served = await serve({
    members: [member],
    regions: ['eu-west-1'],
    scheduleSpeed: 0,
    settlesAfterSeconds: 0,
    controls: ['EC2.13', 'PL.BLIND.1', 'PL.ORG.1', 'PL.ORG.2'],
  });
}, 300_000);
afterAll(() => Promise.all([served?.end(), rm(baseline, { force: true })]));

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

/** As the schedule has a region swept, and the account looked at. */
const lookAt = async (account: string, at: string) => {
  const sent = async (handler: string, prefix: string, message: object) => {
    const sqs = new SQS(settings(served?.own[handler] ?? person('alice')));
    const { QueueUrls: [QueueUrl] = [] } = await new SQS(settings(person('auditor'))).listQueues({
      QueueNamePrefix: prefix,
    });
    await sqs.sendMessage({ QueueUrl, MessageBody: JSON.stringify(message) });
  };
  await sent('sweep', 'Plumbline-PagesQueue', placeSweepOf({ account, region: at }));
  await sent('evaluate', 'Plumbline-ChangesQueue', {
    version: 1,
    type: 'Plumbline::Member',
    ref: { account: hub, region, id: account },
    facets: 'all',
    cause: { kind: 'review' },
  });
};
const run = async (command: string, ...args: readonly string[]) => {
  await writeFile(baseline, 'organization: { id: o-localaws00 }\nregions: [eu-west-1]\n');
  return plumbline([command, '--baseline', baseline, ...args], {
    AWS_ACCESS_KEY_ID: 'alice',
    AWS_SECRET_ACCESS_KEY: 'any',
    AWS_ENDPOINT_URL: url(),
  });
};
const doctor = (...args: readonly string[]) => run('doctor', '--organization', ...args);
const placeOf = async (account: string, at: string): Promise<PlaceState | undefined> => {
  const { stdout } = await doctor('--json');
  const { places }: { places: PlaceState[] } = JSON.parse(stdout);
  return places.find((one) => one.account === account && one.region === at);
};

describe('the organization itself, in the account that manages it', () => {
  const resource = `arn:aws:iam::${hub}:root`;
  const alice = `arn:aws:iam::${hub}:user/alice`;

  it(
    'no longer manages root users of its members, and does again',
    async () => {
      const { finding } = worldAt(url());
      const iam = new IAM(settings(person('alice')));
      const wanted = { control: 'PL.ORG.1', resource };
      await iam.enableOrganizationsRootCredentialsManagement({});
      await finding({ ...wanted, status: 'PASSED' });
      await iam.disableOrganizationsRootCredentialsManagement({});
      await finding({ ...wanted, status: 'FAILED', by: alice });
      await iam.enableOrganizationsRootCredentialsManagement({});
      await finding({ ...wanted, status: 'PASSED', workflow: 'RESOLVED' });
    },
    pathMillis,
  );

  // The calls of the other setting, and another word in the account's facets.
  nightTest(
    'has the policy taken off its root that bounds its accounts, and put back',
    async () => {
      const { finding } = worldAt(url());
      const wanted = { control: 'PL.ORG.2', resource };
      const { Roots: [root] = [] } = await organizations().listRoots({});
      const PolicyType = 'SERVICE_CONTROL_POLICY';
      await organizations().enablePolicyType({ RootId: root?.Id, PolicyType });
      const { Policy } = await organizations().createPolicy({
        ...{ Name: 'trails-go-on', Description: 'organization', Type: PolicyType },
        Content: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Deny', Action: 'cloudtrail:StopLogging', Resource: '*' }],
        }),
      });
      const attachment = { PolicyId: Policy?.PolicySummary?.Id, TargetId: root?.Id };
      await organizations().attachPolicy(attachment);
      await finding({ ...wanted, status: 'PASSED' });
      await organizations().detachPolicy(attachment);
      await finding({ ...wanted, status: 'FAILED', by: alice });
      await organizations().attachPolicy(attachment);
      await finding({ ...wanted, status: 'PASSED', workflow: 'RESOLVED' });
    },
    pathMillis,
  );
});

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

  it(
    'is told of by doctor, region by region, as it was found last',
    async () => {
      const current = (set: string) => ({ set, state: 'CURRENT' });
      expect(await placeOf(member, 'eu-west-1')).toMatchObject({
        status: 'FAIL',
        instances: [current('PlumblineMember')],
        // Whether it is let in may have been looked at by now, and its trail not.
        faults: [{ what: expect.stringMatching(/^whether it .* was not looked at yet$/) }],
      });
      await lookAt(member, 'eu-west-1');
      await until(async () => (await placeOf(member, 'eu-west-1'))?.status === 'PASS');
      expect(await placeOf(member, 'eu-west-1')).toMatchObject({
        role: 'PASS',
        ears: 'PASS',
        trail: 'PASS',
        sweptAt: expect.any(String),
        faults: [],
      });
      // What was opened there was heard; nothing has swept it.
      const here = await placeOf(member, region);
      expect(here).toMatchObject({
        status: 'FAIL',
        role: 'PASS',
        ears: 'PASS',
        heardAt: expect.any(String),
        instances: [current('PlumblineMemberRoles'), current('PlumblineMember')],
      });
      expect(here?.faults.map(({ what }) => what)).toContain('was not swept yet');
      const { stdout, code } = await doctor('--account', member);
      expect(stdout).toMatch(
        new RegExp(
          `^ok +${member} +eu-west-1 +role ok +trail ok +ears ok .* StackSets CURRENT`,
          'm',
        ),
      );
      expect(stdout).toMatch(/^1 account, 2 regions of them: 1 well, 1 not well$/m);
      expect(code).toBe(1);
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

/** A command that is printed, as its parts: `--name value`. */
const partsOf = (command: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...command.matchAll(/--([\w-]+) ('[^']*'|(?:(?!--)\S+ ?)+)/g)].map(
      ([, name = '', value = '']) => [name, value.trim().replaceAll("'", '')],
    ),
  );

describe('an account that is taken out', () => {
  const left = async (...args: readonly string[]): Promise<readonly Left[]> =>
    JSON.parse((await run('uninstall', '--dry-run', '--json', ...args)).stdout).left;

  it('is told what StackSets hold of it, in the order in which it goes', async () => {
    const { stdout, code } = await run('uninstall', '--dry-run', '--account', member);
    expect(code).toBe(0);
    const at = [
      'npx cdk deploy --all',
      'npx cdk deploy -c members=true',
      'delete-stack-instances --stack-set-name PlumblineMember ',
      'delete-stack-instances --stack-set-name PlumblineMemberRoles ',
      `update-findings --region us-east-1 --record-state ARCHIVED`,
      `update-findings --region eu-west-1 --record-state ARCHIVED`,
    ].map((text) => stdout.indexOf(text));
    expect(at).toEqual([...at].sort((a, b) => a - b));
    expect(at[0]).toBeGreaterThan(0);
    const all = await run('uninstall', '--dry-run');
    expect(all.stdout).toMatch(/^PlumblineMembers {2}StackSets, with roles and ears/m);
    expect(all.stdout).toMatch(/ {4}npx cdk destroy -c members=true$/m);
    expect(all.stdout).toMatch(
      /PlumblineMember: 4 stacks in 2 accounts; PlumblineMemberRoles: 2 stacks in 2 accounts/,
    );
  });

  it(
    'holds no role and no rule once what is printed was done, and its findings are archived',
    async () => {
      const evaluate = served?.own['evaluate'] ?? person('alice');
      const enter = () =>
        assumed(settings(evaluate), `arn:aws:iam::${member}:role/Plumbline-Read`, {
          ExternalId: externalId,
        });
      const { Stacks: [stack] = [] } = await new CloudFormation(
        settings(person('alice')),
      ).describeStacks({ StackName: 'Plumbline' });
      const externalId = stack?.StackId ?? '';
      await enter();
      const commands = (await left('--account', member)).flatMap((one) => one.commands);
      const cloudFormation = new CloudFormation(settings(person('alice')));
      for (const command of commands.filter((one) => one.includes('delete-stack-instances'))) {
        const said = partsOf(command);
        const targets = Object.fromEntries(
          (said['deployment-targets'] ?? '').split(',').map((one) => one.split('=')),
        );
        await cloudFormation.deleteStackInstances({
          StackSetName: said['stack-set-name'] ?? '',
          Regions: said['regions']?.split(' '),
          DeploymentTargets: {
            OrganizationalUnitIds: [targets.OrganizationalUnitIds],
            Accounts: [targets.Accounts],
            AccountFilterType: targets.AccountFilterType,
          },
          RetainStacks: false,
        });
      }
      expect((await instances()).filter((one) => one.includes(member))).toEqual([]);
      await expect(enter()).rejects.toMatchObject({ name: 'AccessDenied' });
      for (const at of [region, 'eu-west-1']) {
        const events = new EventBridge(settings(await bobOf(member), at));
        const { Rules } = await events.listRules({ NamePrefix: 'StackSet-' });
        expect(Rules).toEqual([]);
        const securityHub = new SecurityHub(settings(await bobOf(member), at));
        const archive = commands.find((one) => one.includes(`--region ${at} --record-state`));
        await securityHub.updateFindings({
          Filters: JSON.parse(partsOf(archive ?? '')['filters'] ?? ''),
          RecordState: 'ARCHIVED',
        });
        const { Findings = [] } = await securityHub.getFindings({ MaxResults: 100 });
        const ours = Findings.filter(({ AwsAccountId }) => AwsAccountId === member);
        expect(new Set(ours.map(({ RecordState }) => RecordState))).toEqual(new Set(['ARCHIVED']));
      }
      // Nothing that Organizations does brings them back; the hub keeps its own findings.
      const { Findings = [] } = await new SecurityHub(settings(person('alice'))).getFindings({
        Filters: { AwsAccountId: [{ Value: hub, Comparison: 'EQUALS' }] },
      });
      expect(Findings.some(({ RecordState }) => RecordState === 'ACTIVE')).toBe(true);
    },
    pathMillis * 2,
  );

  it('is told of in the hub while the baseline names it still', async () => {
    await lookAt(member, region);
    // Behind it waits what was just taken away.
    const failed = await worldAt(url(), pathMillis).finding({
      control: 'PL.ACCOUNT.1',
      resource: `arn:aws:iam::${member}:root`,
      status: 'FAILED',
    });
    expect(failed.Description).toContain(`account ${member} lets Plumbline not assume`);
  }, 120_000);

  it('is none that Plumbline does not know, and not that where it stands', async () => {
    for (const [account, sentence] of [
      ['999999999999', /^Plumbline knows no account 999999999999; it knows 444455556666/],
      [hub, /^Plumbline stands in account 123456789012: leave --account out/],
    ] as const) {
      const { code, stderr } = await run('uninstall', '--dry-run', '--account', account);
      expect(stderr).toMatch(sentence);
      expect(code).toBe(2);
    }
  });
});
