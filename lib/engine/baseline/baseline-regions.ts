import { z } from 'zod';
import { partitionOf } from '../../services/partition.ts';
import { defaultRegionsOf, hearsSeveralRegions, regionsOf } from '../../services/regions.ts';
import { didYouMean } from '../../support/nearest.ts';
import { unique } from './baseline-shapes.ts';

const everyDefault = 'all';

const adviceOn = (said: unknown, home: string): string => {
  const partition = partitionOf(home);
  if (!hearsSeveralRegions(partition))
    return `in the partition ${partition} each region has a Plumbline of its own, and this one is of ${home}: leave regions out`;
  if (typeof said !== 'string') return 'allowed: a region such as eu-west-1';
  const its = partitionOf(said);
  if (its !== partition)
    return `it belongs to the partition ${its}, and ${home} watches regions of ${partition} only`;
  const known = regionsOf(partition);
  return didYouMean(
    said,
    known,
    `allowed: ${everyDefault}, or a region of the partition ${partition}, such as ${home}`,
  );
};

const isKnown = (said: unknown, home: string): boolean => {
  if (said === home) return true;
  const partition = partitionOf(home);
  if (!hearsSeveralRegions(partition)) return false;
  return said === everyDefault || regionsOf(partition).some((region) => region === said);
};

/** What is wrong with a region that is said; undefined where nothing is. */
export const regionFault = (said: string, home: string): string | undefined =>
  isKnown(said, home) ? undefined : adviceOn(said, home);

/** One region of the partition. */
export const region = (home: string) =>
  z.custom<string>((said) => said !== everyDefault && isKnown(said, home), {
    error: ({ input }) => adviceOn(input, home),
  });

/** `regions: all`, or a list of them; the home region alone where it is not said. */
export const regions = (home: string) => {
  const one = z.custom<string>((said) => isKnown(said, home), {
    error: ({ input }) => adviceOn(input, home),
  });
  return z
    .preprocess(
      (said) => (said === everyDefault ? [everyDefault] : said),
      unique(one, (said) => said, `regions, or ${everyDefault}`),
    )
    .default([]);
};

/** The home region first, then the others by name. */
export const governedRegions = (home: string, said: readonly string[]): readonly string[] => {
  const all = said.flatMap((one) =>
    one === everyDefault ? defaultRegionsOf(partitionOf(home)) : one,
  );
  return [home, ...[...new Set(all)].filter((region) => region !== home).sort()];
};
