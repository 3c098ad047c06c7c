import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { type BatchImportFindingsCommandInput, SecurityHub } from '@aws-sdk/client-securityhub';
import { type Clients, sdkClients } from '../../../lib/aws/clients.ts';
import { createReader } from '../../../lib/aws/reader.ts';
import { allControls, controlsOf } from '../../../lib/controls/index.ts';
import { defaultBaseline } from '../../../lib/engine/baseline/baseline.ts';
import { sweepOf } from '../../../lib/engine/changes/triggered.ts';
import { EarsStack } from '../../../lib/infrastructure/ears-stack.ts';
import { earPatterns } from '../../../lib/infrastructure/events/ear-patterns.ts';
import { templateOf } from '../../../lib/infrastructure/member-stack.ts';
import { type Moto, startMoto } from '../../../lib/local/moto/moto.ts';
import type { Where } from '../../../lib/model/resource-type.ts';
import { typesIn } from '../../../lib/pipeline/runtime/types.ts';
import { placeSweepOf } from '../../../lib/pipeline/sweep/places.ts';
import { sweep } from '../../../lib/pipeline/sweep/sweep.ts';
import { ears } from '../../../lib/resources/account/ears.ts';
import { earsStackName } from '../../../lib/resources/account/ears-names.ts';
import { earsBusName } from '../../../lib/resources/account/own-prefix.ts';
import { resourceTypes } from '../../../lib/resources/every.ts';
import { inParts } from '../../../lib/support/chunked.ts';
import { account, createWorld, region as home } from '../../fakes/fake-resource.ts';

/**
 * What an account has to bear of a sweep of a region in which it has made nothing, with every control on. A new service adds
 * what lists its resources, and reads those that each account has, as Athena's `primary`. These are 64; on a busy machine what is
 * asked together, as three subnets, may be asked in two calls.
 */
const most = 66;
const region = 'eu-west-1';
/** What looking at ears takes beside a call for each rule. */
const mostOfEars = 8;
/** As many messages as one invocation takes. */
const batch = 10;
/** What AWS answers to calls that moto lacks, where nobody has set anything. Each counts as any other. */
const answered: Readonly<Record<string, object>> = {
  'accessanalyzer:listAnalyzers': { analyzers: [] },
  'ec2:describeVpcBlockPublicAccessOptions': {
    VpcBlockPublicAccessOptions: { InternetGatewayBlockMode: 'off' },
  },
  'ec2:getImageBlockPublicAccessState': { ImageBlockPublicAccessState: 'block-new-sharing' },
  'ec2:getInstanceMetadataDefaults': { AccountLevel: {} },
  'ec2:getSerialConsoleAccessStatus': { SerialConsoleAccessEnabled: false },
  'ec2:getSnapshotBlockPublicAccessState': { State: 'unblocked' },
  'emr:getBlockPublicAccessConfiguration': {
    BlockPublicAccessConfiguration: {
      BlockPublicSecurityGroupRules: true,
      PermittedPublicSecurityGroupRuleRanges: [{ MinRange: 22, MaxRange: 22 }],
    },
  },
  'inspector2:batchGetAccountStatus': {
    accounts: [
      {
        accountId: account,
        state: { status: 'DISABLED' },
        resourceState: Object.fromEntries(
          ['ec2', 'ecr', 'lambda', 'lambdaCode'].map((one) => [one, { status: 'DISABLED' }]),
        ),
      },
    ],
  },
  'ssm:getServiceSetting': { ServiceSetting: { SettingValue: 'Enable', Status: 'Default' } },
};
let moto: Moto;
beforeAll(async () => {
  moto = await startMoto();
}, 60_000);
afterAll(() => moto.stop());
let rules = 0;
beforeAll(async () => {
  rules = await deployEars();
}, 60_000);

/** A region that is governed has Security Hub. */
beforeAll(async () => {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  await new SecurityHub({ region, endpoint: moto.url, credentials }).enableSecurityHub({});
});

/** Clients of a region whose calls are kept, as `ec2:describeVpcs`. */
const counted =
  (clients: Clients, calls: string[]): Clients =>
  async (service) =>
    new Proxy(await clients(service), {
      get(client, operation) {
        const found: unknown = Reflect.get(client, operation);
        if (typeof found !== 'function') return found;
        return (...input: readonly unknown[]) => {
          const call = `${service}:${String(operation)}`;
          calls.push(call);
          const answer = answered[call];
          return answer ? Promise.resolve(answer) : found.apply(client, input);
        };
      },
    });

/** Has the ears stand in the region, and at home a stack with the bus that they bring events to. */
const deployEars = async (): Promise<number> => {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const at = (of: string) => ({ region: of, endpoint: moto.url, credentials });
  const baseline = { ...defaultBaseline(await allControls()), regions: [home, region] };
  const patterns = earPatterns({ types: resourceTypes, controls: await allControls() }, baseline);
  const name = earsStackName('Plumbline', region);
  const TemplateBody = templateOf(
    name,
    (app) => new EarsStack(app, name, { region, homeRegion: home, account, patterns }),
  );
  await new CloudFormation(at(region)).createStack({ StackName: name, TemplateBody });
  await new CloudFormation(at(home)).createStack({
    StackName: 'Plumbline',
    TemplateBody: JSON.stringify({ Resources: { Queue: { Type: 'AWS::SQS::Queue' } } }),
  });
  const events = new EventBridge(at(home));
  await events.createEventBus({ Name: earsBusName });
  for (const { name: rule, pattern } of patterns)
    await events.putRule({
      Name: `Plumbline-Ears${rule}`,
      EventBusName: earsBusName,
      EventPattern: JSON.stringify(pattern),
    });
  return patterns.length;
};

/**
 * The handlers' own code on moto, with every control on; `calls` are those that AWS would answer in the region. What is
 * news to Security Hub is told besides.
 */
const sweepable = async () => {
  const calls: string[] = [];
  const world = createWorld();
  const clientsIn = (at: string): Clients => {
    const clients = sdkClients({
      region: at,
      endpoint: moto.url,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      answerSeconds: 60,
    });
    return at === region ? counted(clients, calls) : clients;
  };
  const published: string[] = [];
  Object.assign(world.runtime, {
    types: typesIn(resourceTypes),
    controlsOf: async (type: string) => (await controlsOf[type]?.()) ?? [],
    baseline: { ...defaultBaseline(await allControls()), regions: [home, region] },
    place: { account, homeRegion: home, regions: [home, region] },
    clock: () => new Date(),
    reader: (where: Where) =>
      createReader({
        ...where,
        clients: clientsIn(where.region),
        clientsIn,
      }),
    hub: async () => ({
      batchImportFindings: async ({ Findings = [] }: BatchImportFindingsCommandInput) => {
        published.push(...Findings.map(({ Id = '' }) => Id));
        return { SuccessCount: Findings.length, FailedCount: 0, FailedFindings: [] };
      },
    }),
  });
  return { world, calls, published };
};

/** Sweeps the region, and has all evaluated that is found there; answers the types that were, and that failed. */
const sweepIt = async ({ world }: Awaited<ReturnType<typeof sweepable>>) => {
  expect(await sweep([placeSweepOf({ account, region })], world.runtime)).toEqual([
    { done: world.pages.length },
  ]);
  expect(world.pages.length).toBeGreaterThan(40);
  const failed: string[] = [];
  for (const pages of inParts(world.pages.splice(0), batch)) {
    const outcomes = await sweep(pages, world.runtime);
    failed.push(
      ...outcomes.flatMap((one, index) => ('failure' in one ? (pages[index]?.sweep ?? '') : [])),
    );
  }
  const swept = world.swept.splice(0);
  for (const changes of inParts(swept, batch)) {
    const outcomes = await world.deliver(...changes);
    failed.push(
      ...outcomes.flatMap((one, index) => ('failure' in one ? (changes[index]?.type ?? '') : [])),
    );
  }
  return { read: new Set(swept.map(({ type }) => type)), failed };
};
const earsOf = ({ world }: Awaited<ReturnType<typeof sweepable>>) =>
  world.rows.get(`${account}#${region}#Plumbline::Ears#${region}`);

test(`a whole sweep of a region in which nothing was made takes at most ${most} calls`, async () => {
  const swept = await sweepable();
  const { world, calls, published } = swept;
  // As every four hours: what ears are evaluated by is asked then, and not by the sweep.
  const look = sweepOf(ears, 'all', { account, region }, { kind: 'sweep' });
  await sweep([look], world.runtime);
  await world.deliver(...world.swept.splice(0));
  expect(['PASS', 'FAIL']).toContain(earsOf(swept)?.controls['PL.BLIND.7']?.verdict.status);
  const looked = calls.splice(0);
  expect(looked.filter((call) => call === 'eventbridge:listTargetsByRule')).toHaveLength(rules);
  expect(looked.length).toBeLessThanOrEqual(rules + mostOfEars);
  const { read, failed } = await sweepIt(swept);
  expect([...read]).toEqual(
    expect.arrayContaining(['AWS::EC2::Subnet', 'AWS::EC2::VPC', 'Plumbline::EC2::Region']),
  );
  expect(read).not.toContain(ears.type);
  expect(failed).toEqual([]);
  expect(published.length).toBeGreaterThan(10);
  if (calls.length > most) process.stderr.write(`${calls.join('\n')}\n`);
  expect(calls.length).toBeLessThanOrEqual(most);
}, 60_000);

test('a sweep looks at ears that nobody has looked at for eight hours', async () => {
  const swept = await sweepable();
  expect((await sweepIt(swept)).read).toContain(ears.type);
  const readAt = earsOf(swept)?.readAt ?? '';
  expect((await sweepIt(swept)).read).not.toContain(ears.type);
  Object.assign(swept.world.runtime, {
    clock: () => new Date(Date.parse(readAt) + 8 * 3_600_000 + 1000),
  });
  expect((await sweepIt(swept)).read).toContain(ears.type);
}, 120_000);
