import type { BatchImportFindingsCommandInput } from '@aws-sdk/client-securityhub';
import { type Clients, sdkClients } from '../../../lib/aws/clients.ts';
import { createReader } from '../../../lib/aws/reader.ts';
import { allControls, controlsOf } from '../../../lib/controls/index.ts';
import { defaultBaseline } from '../../../lib/engine/baseline/baseline.ts';
import { type Moto, startMoto } from '../../../lib/local/moto/moto.ts';
import type { Where } from '../../../lib/model/resource-type.ts';
import { placeSweepOf } from '../../../lib/pipeline/sweep/places.ts';
import { sweep } from '../../../lib/pipeline/sweep/sweep.ts';
import { resourceTypes } from '../../../lib/resources/index.ts';
import { inParts } from '../../../lib/support/chunked.ts';
import { account, createWorld, region as home } from '../../fakes/fake-resource.ts';

/** What an account has to bear of a sweep of a region in which it has made nothing, with every control on. */
const most = 60;
const region = 'eu-west-1';
/** As many messages as one invocation takes. */
const batch = 10;
/** Types of which moto lacks a call: that is asked, and counts, and the evaluation fails by it. */
const incomplete = [
  'Plumbline::AccessAnalyzer::Region',
  'Plumbline::EC2::ImageRegion',
  'Plumbline::EC2::Region',
  'Plumbline::SSM::Region',
];
let moto: Moto;
beforeAll(async () => {
  moto = await startMoto();
}, 60_000);
afterAll(() => moto.stop());

/** Clients of a region whose calls are kept, as `ec2:describeVpcs`. */
const counted =
  (clients: Clients, calls: string[]): Clients =>
  async (service) =>
    new Proxy(await clients(service), {
      get(client, operation) {
        const found: unknown = Reflect.get(client, operation);
        if (typeof found !== 'function') return found;
        return (...input: readonly unknown[]) => {
          calls.push(`${service}:${String(operation)}`);
          return found.apply(client, input);
        };
      },
    });

/**
 * The handlers' own code on moto, with every control on; `calls` are those that AWS would answer in the region. No ears
 * stand there, and what is news to Security Hub is told besides.
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
    types: resourceTypes,
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

test(`a whole sweep of a region in which nothing was made takes at most ${most} calls`, async () => {
  const { world, calls, published } = await sweepable();
  expect(await sweep([placeSweepOf({ account, region })], world.runtime)).toEqual([
    { done: world.pages.length },
  ]);
  expect(world.pages.length).toBeGreaterThan(40);
  for (const pages of inParts(world.pages.splice(0), batch))
    expect(await sweep(pages, world.runtime)).not.toContainEqual({ failure: expect.anything() });
  const { swept } = world;
  const read = new Set(swept.map(({ type }) => type));
  expect([...read]).toEqual(
    expect.arrayContaining(['AWS::EC2::Subnet', 'AWS::EC2::VPC', 'Plumbline::EC2::Region']),
  );
  const failed: string[] = [];
  for (const changes of inParts(swept.splice(0), batch)) {
    const outcomes = await world.deliver(...changes);
    failed.push(
      ...outcomes.flatMap((one, index) => ('failure' in one ? (changes[index]?.type ?? '') : [])),
    );
  }
  expect(failed).toEqual(incomplete);
  expect(published.length).toBeGreaterThan(10);
  if (calls.length > most) process.stderr.write(`${calls.toSorted().join('\n')}\n`);
  expect(calls.length).toBeLessThanOrEqual(most);
}, 60_000);
