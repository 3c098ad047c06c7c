import type { AwsCredentialIdentityProvider } from '@smithy/types';
import { type Clients, sdkClients } from '../aws/clients.ts';
import { attempted, codeOf, sortError } from '../aws/errors.ts';
import { plural } from '../support/plural.ts';

/** What was found in the regions that were not looked at. */
export interface Elsewhere {
  /** By region, what is there. */
  readonly holding: Readonly<Record<string, readonly string[]>>;
  /** Regions of which all that was asked is empty. */
  readonly empty: readonly string[];
  /** Calls that were refused or not answered, each with its reason. */
  readonly unasked: readonly string[];
}

type Found = string | undefined;
/** One cheap listing each: the first page says enough. */
const probes: Readonly<Record<string, (clients: Clients) => Promise<Found>>> = {
  ec2: async (clients) => {
    const { SecurityGroups = [] } = await (await clients('ec2')).describeSecurityGroups({
      MaxResults: 50,
    });
    // Every region has the group that came with its first network.
    return SecurityGroups.some(({ GroupName }) => GroupName !== 'default')
      ? 'security groups'
      : undefined;
  },
  rds: async (clients) => {
    const { DBInstances = [] } = await (await clients('rds')).describeDBInstances({
      MaxRecords: 20,
    });
    return DBInstances.length > 0 ? 'databases' : undefined;
  },
  kms: async (clients) => {
    const { Aliases = [] } = await (await clients('kms')).listAliases({ Limit: 100 });
    return Aliases.some(({ AliasName = '' }) => !AliasName.startsWith('alias/aws/'))
      ? 'keys'
      : undefined;
  },
};
const callNames: Readonly<Record<string, string>> = {
  ec2: 'ec2:DescribeSecurityGroups',
  rds: 'rds:DescribeDBInstances',
  kms: 'kms:ListAliases',
};

type Answer = { readonly found: Found } | { readonly why: string };
const answerOf = async (work: () => Promise<Found>): Promise<Answer> => {
  const asked = await attempted(work);
  if ('value' in asked) return { found: asked.value };
  const { failure } = asked;
  const { kind } = sortError(failure, {});
  if (kind === 'notOffered') return { found: undefined };
  return { why: kind === 'denied' ? 'refused' : `not answered (${codeOf(failure)})` };
};

/** The regions of all buckets, by one call: S3 names them where the request has a parameter. */
const bucketRegions = async (clients: Clients): Promise<readonly string[]> => {
  const { Buckets = [] } = await (await clients('s3')).listBuckets({ MaxBuckets: 1000 });
  return [...new Set(Buckets.flatMap(({ BucketRegion }) => BucketRegion ?? []))];
};

export interface Looked {
  readonly homeRegion: string;
  /** Regions that were evaluated. */
  readonly regions: readonly string[];
  /** Services whose resources are evaluated, such as s3. */
  readonly services: readonly string[];
  /** @default - those of the environment */
  readonly credentials?: AwsCredentialIdentityProvider | undefined;
}

/** Calls at the same time: more would only wait for each other. */
const atOnce = 8;
/** After so long nothing more is asked, and that is said. */
const mostMs = 10_000;

const inTurn = async (work: readonly (() => Promise<void>)[]): Promise<void> => {
  const queue = work.values();
  const worker = async () => {
    for (const one of queue) await one();
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
};

/** One try, of five seconds at most: whoever waits for a scan is not kept waiting by what is beside it. */
const clientsBy =
  ({ credentials }: Looked) =>
  (region: string) =>
    sdkClients({ region, maxAttempts: 1, ...(credentials === undefined ? {} : { credentials }) });

/** Which of the account's other enabled regions hold resources of these services. Settles whatever AWS answers. */
export const lookElsewhere = async (looked: Looked): Promise<Elsewhere> => {
  const { homeRegion, regions, services } = looked;
  const clientsIn = clientsBy(looked);
  const asked = await attempted(async () =>
    (await clientsIn(homeRegion)('ec2')).describeRegions({}),
  );
  if ('failure' in asked) {
    const why = sortError(asked.failure, {}).kind === 'denied' ? 'refused' : 'not answered';
    return { holding: {}, empty: [], unasked: [`ec2:DescribeRegions ${why}`] };
  }
  const enabled = (asked.value.Regions ?? []).flatMap(({ RegionName }) => RegionName ?? []);
  const others = enabled.filter((region) => !regions.includes(region)).sort();
  const holding = new Map<string, string[]>();
  const unasked = new Map<string, number>();
  const note = (region: string, what: string) =>
    holding.set(region, [...(holding.get(region) ?? []), what]);
  const unseen = new Set<string>();
  const end = Date.now() + mostMs;
  const refused = (region: string, why: string): void => {
    unseen.add(region);
    unasked.set(why, (unasked.get(why) ?? 0) + 1);
  };
  const ask = async (region: string, service: string): Promise<void> => {
    const probe = probes[service];
    if (!probe) return;
    if (Date.now() > end)
      return refused(region, `${callNames[service]} not asked within ${mostMs / 1000} s`);
    const answer = await answerOf(() => probe(clientsIn(region)));
    if ('found' in answer && answer.found !== undefined) note(region, answer.found);
    if ('why' in answer) refused(region, `${callNames[service]} ${answer.why}`);
  };
  const buckets = async (): Promise<void> => {
    if (!services.includes('s3') || others.length === 0) return;
    const found = await attempted(() => bucketRegions(clientsIn(homeRegion)));
    if ('failure' in found) return void unasked.set('s3:ListAllMyBuckets refused', 1);
    for (const region of found.value) if (others.includes(region)) note(region, 'buckets');
  };
  await inTurn([
    buckets,
    ...others.flatMap((region) => services.map((service) => () => ask(region, service))),
  ]);
  return {
    holding: Object.fromEntries([...holding].sort(([a], [b]) => (a < b ? -1 : 1))),
    empty: others.filter((region) => !holding.has(region) && !unseen.has(region)),
    unasked: [...unasked].map(([why, times]) =>
      times > 1 ? `${why} in ${plural(times, 'region')}` : why,
    ),
  };
};

/** Lines for people. */
export const elsewhereLines = ({ holding, empty, unasked }: Elsewhere): readonly string[] => {
  const held = Object.entries(holding);
  return [
    ...held.map(([region, what]) => `${region} holds ${what.join(', ')}`),
    ...(empty.length > 0 ? [`nothing was found in ${plural(empty.length, 'other region')}`] : []),
    ...unasked.map((why) => `other regions: ${why}`),
  ];
};
