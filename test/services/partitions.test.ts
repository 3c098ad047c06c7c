import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultRegionsOf, globalEventsRegionOf, regionsOf } from '../../lib/services/regions.ts';

/** What is said to people, prices, and what only runs on this machine or stands in templates of others, names regions. */
const others =
  /^lib\/(local|cli|templates|estimate|reports)\/|^lib\/services\/(regions|partition)\.ts$/;
/** Lines that may, by a part of them. */
const allowed = [
  // For people.
  'such as eu-west-1',
  'as eu-central-1',
  // CloudFront takes certificates from there, wherever its origins are, and is in one partition.
  'certificate of ACM in us-east-1',
  // What S3 called the region once: https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html
  "said === 'EU'",
  // The type that an app of the CDK sees.
  "region?: 'us-east-1'",
  "homeRegion?: 'us-east-1'",
  "homeRegion = 'us-east-1'",
];

const files = ['lib', 'lambdas'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter((file) => file.endsWith('.ts') && !others.test(file)),
);
const isComment = (line: string): boolean => /^\s*(\/\/|\*|\/\*\*)/.test(line);
const isNamed = (line: string): boolean =>
  /arn:aws:|\b(us|eu|ap|cn)(-gov)?-(east|west|north|south|central)[a-z]*-\d\b/.test(line) &&
  !isComment(line) &&
  !allowed.some((part) => line.includes(part));

test('no source names a partition or a region but the data of partitions', () => {
  const named = files.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line, index) => (isNamed(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
  );
  expect(files.length).toBeGreaterThan(500);
  expect(named).toEqual([]);
});

test.each(['aws', 'aws-cn', 'aws-us-gov'])('%s has a region in which IAM is heard', (partition) => {
  const region = globalEventsRegionOf(partition);
  expect(defaultRegionsOf(partition)).toContain(region);
  expect(regionsOf(partition)).toContain(region);
});

test('a partition that nobody knows has none', () => {
  expect(globalEventsRegionOf('aws-iso')).toBeUndefined();
});
