import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { everyPartition, partitionOf } from '../../lib/services/partition.ts';

describe('the partition of a region', () => {
  it.each([
    'us-east-1',
    'eu-central-2',
    'mx-central-1',
    'cn-northwest-1',
    'us-gov-east-1',
    'us-iso-west-1',
    'us-isob-east-1',
    'eu-isoe-west-1',
    'us-isof-south-1',
    'eusc-de-east-1',
  ])('of %s is the one that the CDK has', (region) => {
    expect(partitionOf(region)).toBe(RegionInfo.get(region).partition);
    expect(everyPartition).toContain(partitionOf(region));
  });
});

it('stands in no ARN outside lib/services and the local AWS', () => {
  const files = readdirSync('lib', { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|py|sh|mjs)$/.test(file))
    .filter((file) => !/^(services|local)\//.test(file));
  expect(files.length).toBeGreaterThan(300);
  const written = files.filter((file) =>
    readFileSync(join('lib', file), 'utf8').includes('arn:aws:'),
  );
  // An ARN comes from its service: s3.arn('bucket', ref, name), in the partition of the region.
  expect(written).toEqual([]);
});
