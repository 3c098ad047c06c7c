import { type Clients, sdkClients } from '../aws/clients.ts';
import { attempted, codeOf, sortError } from '../aws/errors.ts';
import type { Baseline } from '../engine/baseline/baseline.ts';
import { otherRegions } from '../infrastructure/events/ear-patterns.ts';
import { earsStackName, hostsStackName } from '../resources/account/ears-names.ts';
import { noStack } from '../resources/account/own-stack.ts';
import { partitionOf } from '../services/partition.ts';
import { regionsOf } from '../services/regions.ts';
import { groupsBy } from '../support/groups.ts';
import { endpointUrl } from './environment.ts';

/** A stack of ears, or of documents, that is there. */
export interface EarsStanding {
  /** What people call it. */
  readonly what: string;
  readonly region: string;
  readonly name: string;
  readonly isGoverned: boolean;
  /** What removes it. */
  readonly command: string;
}
export interface EarsLooked {
  readonly standing: readonly EarsStanding[];
  /** What could not be looked up, and why. */
  readonly unasked: readonly string[];
}

const clientsIn = (region: string): Clients => {
  const endpoint = endpointUrl();
  return sdkClients({
    region,
    maxAttempts: 2,
    ...(endpoint === undefined ? {} : { endpoint }),
  });
};

const whyOf = (failure: unknown): string =>
  sortError(failure, {}).kind === 'denied' ? 'refused' : `not answered (${codeOf(failure)})`;

/** The regions that the account has enabled; all that there are where AWS may not be asked. */
const regionsToAsk = async (home: string): Promise<readonly string[]> => {
  const asked = await attempted(async () => (await clientsIn(home)('ec2')).describeRegions({}));
  return 'value' in asked
    ? (asked.value.Regions ?? []).flatMap(({ RegionName }) => RegionName ?? [])
    : regionsOf(partitionOf(home));
};

type Looked =
  | Omit<EarsStanding, 'what'>
  | { readonly unasked: string; readonly why: string }
  | undefined;
const lookIn = async (region: string, name: string, isGoverned: boolean): Promise<Looked> => {
  const asked = await attempted(async () =>
    (await clientsIn(region)('cloudformation')).describeStacks({ StackName: name }),
  );
  if ('value' in asked) {
    const command = `aws cloudformation delete-stack --stack-name ${name} --region ${region}`;
    return { region, name, isGoverned, command };
  }
  // CloudFormation answers thus for a stack that is not there.
  const isAbsent = sortError(asked.failure, { absent: noStack }).kind === 'absent';
  return isAbsent ? undefined : { unasked: region, why: whyOf(asked.failure) };
};

/** A sentence for each reason, with the regions where it was so. */
const sentencesOf = (looked: readonly Looked[], what: string): readonly string[] => {
  const unasked = looked.flatMap((one) => (one && 'why' in one ? one : []));
  return [...groupsBy(unasked, ({ why }) => why)].map(([why, of]) => {
    const regions = of.map((one) => one.unasked).join(', ');
    return `whether ${what} stand in ${regions} is not known: cloudformation:DescribeStacks was ${why}`;
  });
};

/** What stands in other regions beside a stack: how its stack is called there, and what people call it. */
export const standingElsewhere = {
  ears: { nameOf: earsStackName, what: 'ears' },
  documents: { nameOf: hostsStackName, what: 'documents for hosts' },
} as const;

type Kind = (typeof standingElsewhere)[keyof typeof standingElsewhere];

/**
 * In which regions ears of a stack stand, or its documents for hosts: in those that are governed, and in those that the
 * baseline does not name any more, where no deployment removes them.
 */
export const earsStanding = async (
  stack: string,
  baseline: Pick<Baseline, 'homeRegion' | 'regions'>,
  kinds: readonly Kind[] = [standingElsewhere.ears],
): Promise<EarsLooked> => {
  const { homeRegion } = baseline;
  const governed = otherRegions(baseline);
  const others = (await regionsToAsk(homeRegion)).filter(
    (region) => region !== homeRegion && !governed.includes(region),
  );
  const looked = await Promise.all(
    kinds.map(async ({ nameOf, what }) => ({
      what,
      all: await Promise.all([
        ...governed.map((region) => lookIn(region, nameOf(stack, region), true)),
        ...others.toSorted().map((region) => lookIn(region, nameOf(stack, region), false)),
      ]),
    })),
  );
  return {
    standing: looked.flatMap(({ what, all }) =>
      all.flatMap((one) => (one && 'region' in one ? { what, ...one } : [])),
    ),
    unasked: looked.flatMap(({ what, all }) => sentencesOf(all, what)),
  };
};
