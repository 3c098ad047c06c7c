import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { Lambda } from '@aws-sdk/client-lambda';
import { SQS } from '@aws-sdk/client-sqs';
import { checkEars } from '../../lib/cli/commands/doctor/doctor-ears.ts';
import { allControls } from '../../lib/controls/index.ts';
import { baselineAt } from '../../lib/infrastructure/baseline-file.ts';
import { placeSweepOf } from '../../lib/pipeline/sweep/places.ts';
import { plumbline } from '../cli/run.ts';
import { sampled } from '../extent.ts';
import { person } from './assume.ts';
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
const folder = mkdtempSync(join(tmpdir(), 'plumbline-regions-'));
const file = join(folder, 'plumbline.yaml');
writeFileSync(file, 'regions: [eu-west-1]\n');
afterAll(() => rmSync(folder, { recursive: true }));
const environment = () => ({
  AWS_ACCESS_KEY_ID: 'auditor',
  AWS_SECRET_ACCESS_KEY: 'any',
  AWS_ENDPOINT_URL: url(),
});
const cli = (command: string, ...args: string[]) =>
  plumbline([command, '--baseline', file, ...args], environment());
const withEnvironment = async <T>(work: () => Promise<T>): Promise<T> => {
  const before = { ...process.env };
  Object.assign(process.env, environment());
  try {
    return await work();
  } finally {
    process.env = before;
  }
};

const settingsAt = (at: string) => ({
  region: at,
  endpoint: url(),
  credentials: { accessKeyId: 'mallory', secretAccessKey: 'any' },
});
const eventsAt = (at: string) => new EventBridge(settingsAt(at));
const sqsAt = (at: string) => new SQS(settingsAt(at));

describe('a baseline of two regions', () => {
  it.each(sampled([elsewhere, region], { usual: 2 }))(
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
      // Its creation, which opened nothing, may be evaluated first, once it is open.
      const by = `arn:aws:iam::${account}:user/root-admin`;
      const failed = await finding({ control: 'EC2.13', resource, status: 'FAILED', by });
      expect(failed.Resources?.[0]?.Region).toBe(at);
      expect(failed.ProductArn).toContain(`:securityhub:${at}:`);
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

  it(
    'tells when the ears of a region are touched, by whom, and when they are as they were',
    async () => {
      const { finding, look } = worldAt(url());
      const resource = `arn:aws:iam::${account}:root`;
      const about = { control: 'PL.BLIND.7', resource, at: elsewhere };
      const events = eventsAt(elsewhere);
      const { Rules: rules = [] } = await events.listRules({ NamePrefix: 'PlumblineEars-' });
      // One that does not itself tell of it.
      const items = rules.find(({ Name }) => Name?.includes('ConfigItems'));
      const named = { Name: items?.Name ?? '' };
      await events.disableRule(named);
      const failed = await finding({ ...about, status: 'FAILED' });
      expect(failed.Resources?.[0]?.Region).toBe(elsewhere);
      expect(failed.Description).toMatch(/1 of \d+ patterns of Plumbline is not brought/);
      expect(told(failed, 'by')).toBe(`arn:aws:iam::${account}:user/mallory`);
      await events.enableRule(named);
      await finding({ ...about, status: 'PASSED' });
      expect(await look({ ...about, at: region })).toBeUndefined();
    },
    pathMillis,
  );

  it(
    'tells when somebody opens the bus',
    async () => {
      const { finding } = worldAt(url());
      const events = eventsAt(region);
      const about = { control: 'PL.BLIND.5', resource: `arn:aws:iam::${account}:root` };
      const onBus = { EventBusName: 'Plumbline-Ears' };
      const statement = { ...onBus, StatementId: 'Theirs' };
      await events.putPermission({
        ...statement,
        Action: 'events:PutEvents',
        Principal: '210987654321',
      });
      const failed = await finding({ ...about, status: 'FAILED' });
      expect(failed.Description).toMatch(/buses\[Plumbline-Ears\]/);
      await events.removePermission(statement);
      await finding({ ...about, status: 'PASSED' });
    },
    pathMillis,
  );

  it(
    'has a doctor that looks at both, and says what the ears do not bring',
    async () => {
      const controls = await allControls();
      const baseline = await baselineAt(file, controls);
      const looked = () => withEnvironment(() => checkEars('Plumbline', baseline, controls));
      const events = eventsAt(elsewhere);
      const { Rules: rules = [] } = await events.listRules({ NamePrefix: 'PlumblineEars-' });
      expect(await looked()).toMatchObject([
        { region: elsewhere, status: 'PASS', told: { rules: rules.length, undelivered: 0 } },
      ]);

      const [first, second, third, fourth] = rules.map(({ Name = '' }) => Name);
      const { Targets = [] } = await events.listTargetsByRule({ Rule: second });
      await events.disableRule({ Name: first });
      await events.removeTargets({ Rule: second, Ids: Targets.map(({ Id = '' }) => Id) });
      await events.putRule({ Name: third, EventPattern: '{"source":["aws.ec2"]}' });
      const { Targets: [target] = [] } = await events.listTargetsByRule({ Rule: fourth });
      const role = `arn:aws:iam::${account}:role/theirs`;
      const redirected = { ...target, Id: target?.Id, Arn: target?.Arn, RoleArn: role };
      await events.putTargets({ Rule: fourth, Targets: [redirected] });
      const sqs = sqsAt(elsewhere);
      const { QueueUrls: [QueueUrl] = [] } = await sqs.listQueues({
        QueueNamePrefix: 'PlumblineEars-',
      });
      await sqs.sendMessage({ QueueUrl, MessageBody: '{}' });
      const { code, stdout } = await cli('doctor');
      for (const at of [region, elsewhere])
        expect(stdout).toMatch(new RegExp(`^ok +${at} +PL\\.BLIND\\.1 `, 'm'));
      const said = /^BLIND +eu-west-1 +What changes there should be heard\n((?: {9}.*\n)*)/m.exec(
        stdout,
      )?.[1];
      expect(said).toContain(`the ears lag: 1 of ${rules.length} patterns of this version`);
      expect(said).toContain(`the rule ${first} is disabled`);
      expect(said).toContain(`the rule ${second} brings nothing to Plumbline-Ears in ${region}`);
      expect(said).toContain(`the rule ${fourth} brings events by ${role}, which the bus denies`);
      expect(said).toContain(`1 event could not be brought and lies in ${QueueUrl}`);
      expect(stdout).toMatch(/looked at us-east-1, eu-west-1\n/);
      expect(code).toBe(1);

      const none = { ...baseline, regions: [region, 'eu-north-1'] };
      expect(await withEnvironment(() => checkEars('Plumbline', none, controls))).toMatchObject([
        {
          region: 'eu-north-1',
          status: 'FAIL',
          sentences: [
            expect.stringMatching(/^nothing listens there: npx cdk deploy --all/),
            expect.stringMatching(/^the queue of what is not brought is not there: /),
          ],
        },
      ]);
    },
    pathMillis,
  );

  it('has ears that uninstall names with the command that removes them', async () => {
    const { stdout } = await cli('uninstall', '--dry-run');
    expect(stdout).toMatch(/^npx cdk destroy --all leaves this of Plumbline in account /);
    expect(stdout).toContain('PlumblineEars-eu-west-1  ears in eu-west-1');
    expect(stdout).toContain(
      'aws cloudformation delete-stack --stack-name PlumblineEars-eu-west-1 --region eu-west-1',
    );
  });

  it(
    'has ears that doctor and uninstall name once the baseline names their region no more',
    async () => {
      const homeAlone = join(folder, 'home.yaml');
      writeFileSync(homeAlone, '{}\n');
      const on = (...args: readonly string[]) =>
        plumbline([...args, '--baseline', homeAlone], environment());
      const command =
        'aws cloudformation delete-stack --stack-name PlumblineEars-eu-west-1 --region eu-west-1';
      const { stdout: listed } = await on('uninstall', '--dry-run');
      expect(listed).toContain('the baseline names the region no more');
      expect(listed).toContain(`    ${command}\n`);
      const { stdout, code } = await on('doctor', '--json');
      const dropped = JSON.parse(stdout).filter(
        ({ check }: { check?: string }) => check === 'ears',
      );
      expect(dropped).toMatchObject([{ region: elsewhere, status: 'FAIL' }]);
      expect(dropped[0].reason).toContain(`or run ${command}`);
      expect(code).not.toBe(0);
      const { stdout: governed } = await cli('doctor', '--json');
      expect(governed).not.toContain('should be removed');
    },
    pathMillis,
  );

  it('has a bus that takes events from nobody but the role of the ears', async () => {
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
    for (const source of ['aws.ec2', 'theirs'])
      await expect(put(source)).rejects.toMatchObject({
        name: expect.stringMatching(/^AccessDenied/),
        message: expect.stringContaining('with an explicit deny in a resource-based policy'),
      });
    const elsewhereOnly = { EventBusName: 'default', Source: 'theirs', DetailType: 'x' };
    const { FailedEntryCount } = await eventsAt(region).putEvents({
      Entries: [{ ...elsewhereOnly, Detail: '{}' }],
    });
    expect(FailedEntryCount).toBe(0);
  });

  // Last: nothing of the region is read in between.
  it(
    'tells of a region in use that refuses every read, until it answers again',
    async () => {
      const { as, finding } = worldAt(url());
      const { iam } = as('root-admin');
      const lambda = new Lambda({ ...settingsAt(region), credentials: person('alice') });
      const roles = await Promise.all(
        ['evaluate', 'sweep'].map(async (name) => {
          const FunctionName = served?.functions[name];
          const { Role = '' } = await lambda.getFunctionConfiguration({ FunctionName });
          return Role.split('/').at(-1) ?? '';
        }),
      );
      const PolicyName = 'closed';
      const PolicyDocument = JSON.stringify({
        Version: '2012-10-17',
        Statement: {
          ...{ Effect: 'Deny', Action: '*', Resource: '*' },
          Condition: { StringEquals: { 'aws:RequestedRegion': elsewhere } },
        },
      });
      const sweepThere = async () => {
        const { QueueUrls: [QueueUrl] = [] } = await sqsAt(region).listQueues({
          QueueNamePrefix: 'Plumbline-PagesQueue',
        });
        const own = { ...settingsAt(region), credentials: served?.own['sweep'] ?? person('alice') };
        const MessageBody = JSON.stringify(placeSweepOf({ account, region: elsewhere }));
        await new SQS(own).sendMessage({ QueueUrl, MessageBody });
      };
      const resource = `arn:aws:events:${elsewhere}:${account}:event-bus/default`;
      const about = { control: 'PL.BLIND.8', resource };
      for (const RoleName of roles)
        await iam.putRolePolicy({ RoleName, PolicyName, PolicyDocument });
      await sweepThere();
      const failed = await finding({ ...about, status: 'FAILED' });
      expect(failed.Description).toContain(
        `${elsewhere} of account ${account} refuses every read, and is in use`,
      );
      for (const RoleName of roles) await iam.deleteRolePolicy({ RoleName, PolicyName });
      await sweepThere();
      await finding({ ...about, status: 'PASSED', workflow: 'RESOLVED' });
    },
    pathMillis,
  );
});
