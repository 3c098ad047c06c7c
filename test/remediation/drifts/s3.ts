import type { Clients } from '../../../lib/aws/clients.ts';
import { type Drift, uniqueName } from '../drift.ts';

const newBucket = async (clients: Clients): Promise<string> => {
  const Bucket = uniqueName('drift');
  await (await clients('s3')).createBucket({ Bucket });
  return Bucket;
};

export const s3Drifts: readonly Drift[] = [
  {
    control: 'S3.8',
    type: 'AWS::S3::Bucket',
    title: 'somebody deletes the block',
    arrange: newBucket,
    drift: async (clients, Bucket) => (await clients('s3')).deletePublicAccessBlock({ Bucket }),
  },
];
