import { cpus, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { SecurityHub } from '@aws-sdk/client-securityhub';
import type { Clients } from '../../lib/aws/clients.ts';
import { sdkClients } from '../../lib/aws/clients.ts';
import { resourceTypes } from '../../lib/resources/every.ts';
import { firstBy } from '../../lib/support/groups.ts';
import { extent } from '../extent.ts';
import { drifts } from '../remediation/drifts/index.ts';
import { hearingOf } from '../remediation/shapes.ts';
import { answerSeconds } from '../resources/aws.ts';
import { assumed, type Credentials, person } from './assume.ts';
import { turns } from './path/turns/index.ts';
import { region as home, account as hub, told } from './path/world.ts';
import { serve } from './served.ts';

const members = ['222233334444', '777788889999'];
const away = 'eu-west-1';
const patienceMs = 60_000;
/** How long it may take from a call to its finding, with the latency of AWS. */
const [most, mostRarely] = [4000, 8000];

/** What somebody does to a resource: what has a plan drifts, and what has none is turned. */
interface Wrong {
  readonly control: string;
  readonly type: string;
  readonly make: (clients: Clients) => Promise<string>;
  readonly wrong: (clients: Clients, id: string) => Promise<unknown>;
}
const wrongs: readonly Wrong[] = [
  ...drifts
    .filter(({ daysLater }) => daysLater === undefined)
    .map(({ arrange, drift, ...rest }) => ({ ...rest, make: arrange, wrong: drift })),
  ...turns,
];
/** Trails that all stop make everything else deaf: of theirs it is tried that one is changed. */
const isDeaf = ({ type }: Wrong): boolean => type === 'Plumbline::CloudTrail::Region';
const isOfAws = ({ type }: { readonly type: string }): boolean => type.startsWith('AWS::');
const serviceOf = ({ type }: { readonly type: string }): string => type.split('::')[1] ?? '';
const hearable = wrongs
  .filter((one) => !isDeaf(one))
  .toSorted((one, other) => Number(isOfAws(other)) - Number(isOfAws(one)));
/** One change of each service, of a resource of AWS where there is one. */
const byService = firstBy(hearable, serviceOf);
const heardAs = ({ type }: Wrong): string => hearingOf(type);
/** Of these one of each way in which a change is heard; at night all. */
const tried = [
  ...(extent === 'exhaustive' ? byService : firstBy(byService.values(), heardAs)).values(),
];
const hasOwnArn = (type: string): boolean =>
  resourceTypes.find((one) => one.type === type)?.arn !== undefined;
const isRegional = ({ type }: Wrong): boolean =>
  resourceTypes.find((one) => one.type === type)?.scope === 'regional';

let served: Awaited<ReturnType<typeof serve>> | undefined;
const url = () => served?.url ?? '';
beforeAll(async () => {
  served = await serve({
    accounts: members,
    regions: [away],
    latency: true,
    scheduleSpeed: 0,
    settlesAfterSeconds: 0,
  });
}, 300_000);
afterAll(() => served?.end());

interface Place {
  readonly account: string;
  readonly region: string;
}
const places: readonly Place[] = [hub, ...members].flatMap((account) =>
  [home, away].map((region) => ({ account, region })),
);

const fitting = (one: Wrong): readonly Place[] =>
  places.filter((place) => isRegional(one) || place.region === home);
/** In each place the changes that are tried there: each in one where the fewest are so far; at night each in all of them. */
const changes = new Map<Place, Wrong[]>(places.map((place) => [place, []]));
const triedIn = (place: Place): number => changes.get(place)?.length ?? 0;
for (const one of tried) {
  const fit = fitting(one).toSorted((a, b) => triedIn(a) - triedIn(b));
  for (const place of extent === 'exhaustive' ? fit : fit.slice(0, 1))
    changes.get(place)?.push(one);
}
const changesIn = (place: Place): readonly Wrong[] => changes.get(place) ?? [];

/** Drifts are written for one account and region: the same text with those of a place. */
const moved = (value: unknown, { account, region }: Place): unknown => {
  if (typeof value === 'string') return value.replaceAll(hub, account).replaceAll(home, region);
  if (Array.isArray(value)) return value.map((one) => moved(one, { account, region }));
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, moved(one, { account, region })]),
  );
};
const clientsIn = (place: Place, credentials: Credentials): Clients => {
  const clients = sdkClients({ region: place.region, endpoint: url(), credentials, answerSeconds });
  return (async (service: Parameters<Clients>[0]) =>
    new Proxy(await clients(service), {
      get: (target, name) => {
        const found: unknown = Reflect.get(target, name);
        return typeof found === 'function'
          ? (input: unknown, ...rest: readonly unknown[]) =>
              found.call(target, moved(input, place), ...rest)
          : found;
      },
    })) as Clients;
};

/** Who changes something there, and how Plumbline is to name them. */
const somebodyIn = async ({ account }: Place) => {
  if (account === hub)
    return { credentials: person('root-admin'), by: `arn:aws:iam::${hub}:user/root-admin` };
  const role = 'OrganizationAccountAccessRole';
  const settings = { region: home, endpoint: url(), credentials: person('bob') };
  const credentials = await assumed(settings, `arn:aws:iam::${account}:role/${role}`);
  return { credentials, by: `arn:aws:sts::${account}:assumed-role/${role}/bob` };
};

const equals = (Value: string) => [{ Comparison: 'EQUALS' as const, Value }];
/**
 * The finding of a resource in the Security Hub of its own account and region, once it says who did it. What reads it for
 * another reason, such as an item of AWS Config, may find it before its own event is handled: then it names nobody yet. An
 * event that was handled, and is only one of those since, has lost who did it.
 */
const findingOf = async (
  { control, type }: Wrong,
  id: string,
  { region, account }: Place,
  credentials: Credentials,
) => {
  const securityHub = new SecurityHub({ region, endpoint: url(), credentials });
  const name = id.split('/').at(-1) ?? id;
  let is = 'no finding';
  for (const end = Date.now() + patienceMs; Date.now() < end; await sleep(100)) {
    const { Findings = [] } = await securityHub.getFindings({
      Filters: {
        ComplianceSecurityControlId: equals(`Plumbline.${control}`),
        ComplianceStatus: equals('FAILED'),
        AwsAccountId: equals(account),
        Region: equals(region),
      },
      MaxResults: 100,
    });
    // Of a region there is one finding, and its resource is the account. AWS alone knows some ARNs, which hold no name.
    const isOnly = id === region || (!hasOwnArn(type) && Findings.length === 1);
    const found = Findings.find((one) => isOnly || one.Resources?.[0]?.Id?.includes(name));
    if (!found) continue;
    if (told(found, 'by') !== undefined) return found;
    is = JSON.stringify(found.ProductFields);
    if (told(found, 'changedSince') !== undefined || told(found, 'among') !== undefined) break;
  }
  throw new Error(
    `no finding of ${control} on ${id} names who did it in ${account}, ${region}: ${is}`,
  );
};

const quantile = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0;

it('there is a change of each service and each way to hear of one, and some in each place', () => {
  for (const place of places) expect(changesIn(place)).not.toEqual([]);
  const services = new Set(resourceTypes.filter(isOfAws).map(serviceOf));
  expect([...services].filter((one) => !byService.has(one))).toEqual([]);
  const heard = new Set(tried.map(heardAs));
  expect([...byService.values()].map(heardAs).filter((one) => !heard.has(one))).toEqual([]);
});

it(
  'what changes over three accounts and two regions is found in its place, by whoever made it',
  async () => {
    const took: number[] = [];
    const wrong: string[] = [];
    const inPlace = async (place: Place) => {
      const { credentials, by } = await somebodyIn(place);
      const clients = clientsIn(place, credentials);
      for (const one of changesIn(place)) {
        const at = `${one.control} ${place.account} ${place.region}`;
        try {
          const id = String(moved(await one.make(clients), place));
          await one.wrong(clients, id);
          const from = Date.now();
          const found = await findingOf(one, id, place, credentials);
          took.push(Date.now() - from);
          expect([at, told(found, 'by'), found.Resources?.[0]?.Region]).toEqual([
            at,
            by,
            place.region,
          ]);
          expect(found.ProductArn).toBe(
            `arn:aws:securityhub:${place.region}:${place.account}:product/${place.account}/default`,
          );
        } catch (failure) {
          wrong.push(`${at}: ${failure}`);
        }
      }
    };
    // One after the other: of many at once, a small machine tells nothing but that it is busy.
    for (const place of places) await inPlace(place);
    expect(wrong).toEqual([]);
    const sorted = took.toSorted((a, b) => a - b);
    expect(sorted.length).toBeGreaterThan(places.length);
    const told50 = quantile(sorted, 0.5);
    const told95 = quantile(sorted, 0.95);
    process.stderr.write(
      `${sorted.length} changes with latency: p50 ${told50} ms, p95 ${told95} ms, load ${loadavg()[0]?.toFixed(1)}\n`,
    );
    // On a machine that does other things as well it says nothing of Plumbline.
    if ((loadavg()[0] ?? 0) > cpus().length) return;
    expect(told50).toBeLessThanOrEqual(most);
    expect(told95).toBeLessThanOrEqual(mostRarely);
  },
  patienceMs * 15,
);
