import type { Clients } from '../../../lib/aws/clients.ts';
import { type Drift, uniqueName } from '../drift.ts';

/** A multi-Region trail that logs and writes digests; answers its ARN. */
const newTrail = async (clients: Clients): Promise<string> => {
  const Name = uniqueName('drift-trail');
  await (await clients('s3')).createBucket({ Bucket: Name });
  const trails = await clients('cloudtrail');
  const { TrailARN = '' } = await trails.createTrail({
    ...{ Name, S3BucketName: Name, IsMultiRegionTrail: true, EnableLogFileValidation: true },
  });
  await trails.startLogging({ Name });
  return TrailARN;
};

/** The region, with one trail that logs. */
const regionWithTrail = async (clients: Clients): Promise<string> => {
  await newTrail(clients);
  return 'us-east-1';
};
/** Stops every trail, as somebody does who does not want to be seen. */
const stopAll = async (clients: Clients) => {
  const trails = await clients('cloudtrail');
  const { trailList = [] } = await trails.describeTrails({});
  for (const { Name } of trailList) await trails.stopLogging({ Name });
};
const ofRegion = { type: 'Plumbline::CloudTrail::Region', arrange: regionWithTrail } as const;

export const cloudtrailDrifts: readonly Drift[] = [
  { ...ofRegion, control: 'CloudTrail.1', title: 'somebody stops every trail', drift: stopAll },
  { ...ofRegion, control: 'CloudTrail.3', title: 'somebody stops the trails', drift: stopAll },
  {
    control: 'CloudTrail.4',
    type: 'AWS::CloudTrail::Trail',
    title: 'somebody has a trail write no digests',
    arrange: newTrail,
    drift: async (clients, Name) =>
      (await clients('cloudtrail')).updateTrail({ Name, EnableLogFileValidation: false }),
  },
];
