import type { DBInstance } from '@aws-sdk/client-rds';
import type { Reachable, Reader, Ref } from '../../model/resource-type.ts';
import { rds } from '../../services/rds.ts';
import { gateActions } from '../ec2/gates.ts';
import { joinedWays, networkAnnouncements, type Placed, wayTo } from '../ec2/reachable.ts';
import { gathered } from '../gathered.ts';
import { named } from '../ids.ts';

/** Where an instance with a public address stands; `undefined` where it has none. */
export const placedInstance = (instance: DBInstance): Placed | undefined => {
  const { DBSubnetGroup: { VpcId, Subnets = [] } = {}, Endpoint } = instance;
  if (!instance.PubliclyAccessible || VpcId === undefined) return undefined;
  const port = Endpoint?.Port;
  return {
    at: instance.DBInstanceIdentifier ?? '',
    vpc: VpcId,
    subnets: Subnets.flatMap(({ SubnetIdentifier }) => SubnetIdentifier ?? []),
    groups: (instance.VpcSecurityGroups ?? []).flatMap((one) => one.VpcSecurityGroupId ?? []),
    families: ['IPv4'],
    ...(port === undefined ? {} : { ports: [{ from: port, to: port }] }),
  };
};

/**
 * A cluster is reached by its instances: each has an address of its own, and the names of the cluster lead to them.
 * @param read throws where there is no such cluster
 */
export const clusterReachable = (
  read: (
    reader: Reader,
    ref: Ref,
  ) => Promise<{ readonly PubliclyAccessible?: boolean | undefined }>,
): Reachable => ({
  actions: ['rds:DescribeDBClusters', 'rds:DescribeDBInstances', ...gateActions],
  announcements: [
    ...networkAnnouncements,
    {
      // It can give an instance an address, and names no cluster.
      source: rds.eventSource,
      calls: ['ModifyDBInstance'],
      idsIn: named({
        request: ['dBInstanceIdentifier'],
        idOf: (id) => id.toLowerCase(),
      }),
    },
  ],
  read: async (reader, ref) => {
    const [{ PubliclyAccessible = false }, instances] = await Promise.all([
      read(reader, ref),
      gathered(
        reader.pages('rds', 'describeDBInstances', {
          Filters: [{ Name: 'db-cluster-id', Values: [ref.id] }],
        }),
        (page) => page.DBInstances,
      ),
    ]);
    const placed = instances.flatMap((one) => placedInstance(one) ?? []);
    const ways = await Promise.all(placed.map((one) => wayTo(reader, one)));
    const ids = instances.flatMap(({ DBInstanceIdentifier }) => DBInstanceIdentifier ?? []);
    // Of a cluster whose instances AWS keeps to itself it says only that it is public.
    const hidden = { ways: [], through: [], unseen: 'the instances of a cluster that is public' };
    return joinedWays(PubliclyAccessible && ways.length === 0 ? [hidden] : ways, ids);
  },
});
