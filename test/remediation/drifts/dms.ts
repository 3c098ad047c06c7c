import { type Drift, uniqueName } from '../drift.ts';

export const dmsDrifts: readonly Drift[] = [
  {
    control: 'DMS.6',
    type: 'AWS::DMS::ReplicationInstance',
    title: 'somebody keeps a replication instance from upgrading itself',
    arrange: async (clients) => {
      const { ReplicationInstance } = await (await clients('dms')).createReplicationInstance({
        ReplicationInstanceIdentifier: uniqueName('drift'),
        ReplicationInstanceClass: 'dms.t3.medium',
        AutoMinorVersionUpgrade: true,
        PubliclyAccessible: false,
      });
      return ReplicationInstance?.ReplicationInstanceArn?.split(':').at(-1) ?? '';
    },
    drift: async (clients, id) =>
      (await clients('dms')).modifyReplicationInstance({
        ReplicationInstanceArn: `arn:aws:dms:us-east-1:123456789012:rep:${id}`,
        AutoMinorVersionUpgrade: false,
      }),
  },
];
