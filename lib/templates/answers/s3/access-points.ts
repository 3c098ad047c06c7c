import { lazily } from '../../part.ts';
import type { Resource, Stack } from '../../stack.ts';
import { type Answer, type Answers, flagOr, named } from '../answer.ts';

const accessPoints = (stack: Stack) => stack.all('AWS::S3::AccessPoint');
const pointsOf: Answer = (stack, { Bucket }) => ({
  AccessPointList: accessPoints(stack)
    .filter((one) => one.get('Bucket').name() === Bucket)
    .map(({ name: Name }) => ({ Name })),
});
/** All four are on where nothing is said, of an access point in one region or in several. */
const blocksOf = (stack: Stack, found: Resource) => {
  const blockOf = (name: string) => () =>
    flagOr(
      stack,
      found.get('PublicAccessBlockConfiguration', name),
      `the blocks of ${found.declared.logicalId}, which are on`,
      true,
    );
  return lazily({
    BlockPublicAcls: blockOf('BlockPublicAcls'),
    BlockPublicPolicy: blockOf('BlockPublicPolicy'),
    IgnorePublicAcls: blockOf('IgnorePublicAcls'),
    RestrictPublicBuckets: blockOf('RestrictPublicBuckets'),
  });
};
const point: Answer = (stack, { Name }) => {
  const found = named(stack, 'AWS::S3::AccessPoint', Name, 'NoSuchAccessPoint');
  return {
    ...lazily({
      Bucket: () => found.get('Bucket').name(),
      BucketAccountId: () => found.get('BucketAccountId').name(),
      NetworkOrigin: () => (found.get('VpcConfiguration').isSet ? 'VPC' : 'Internet'),
    }),
    PublicAccessBlockConfiguration: blocksOf(stack, found),
  };
};
const multiRegionPoint: Answer = (stack, { Name }) => {
  const type = 'AWS::S3::MultiRegionAccessPoint';
  const found = named(stack, type, Name, 'NoSuchMultiRegionAccessPoint');
  return {
    AccessPoint: {
      ...lazily({
        Regions: () =>
          found
            .get('Regions')
            .items()
            .map((one) =>
              lazily({
                Bucket: () => one.get('Bucket').name(),
                BucketAccountId: () => one.get('BucketAccountId').name(),
              }),
            ),
      }),
      PublicAccessBlock: blocksOf(stack, found),
    },
  };
};

export const accessPointAnswers: Answers = {
  listAccessPoints: pointsOf,
  getAccessPoint: point,
  getMultiRegionAccessPoint: multiRegionPoint,
};
