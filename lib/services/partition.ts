// How the names of a partition's regions begin; of `aws` they begin in many ways.
const partitions = {
  'cn-': 'aws-cn',
  'us-gov-': 'aws-us-gov',
  'us-iso-': 'aws-iso',
  'us-isob-': 'aws-iso-b',
  'eu-isoe-': 'aws-iso-e',
  'us-isof-': 'aws-iso-f',
  'eusc-': 'aws-eusc',
} as const;

const byPrefix = Object.entries(partitions);

/** Every partition, as ARNs name it. */
export const everyPartition: readonly string[] = ['aws', ...Object.values(partitions)];

/** The part of AWS that a region belongs to, as its ARNs name it: `aws`, `aws-cn`, `aws-us-gov`, … */
export const partitionOf = (region: string): string =>
  byPrefix.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
