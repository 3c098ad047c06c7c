import type { CreateClusterMessage } from '@aws-sdk/client-redshift';
import type { Clients } from '../../../../lib/aws/clients.ts';
import { remade, type Setting, turnOf } from './setting.ts';
import type { Turn } from './turn.ts';

const type = 'AWS::Redshift::Cluster';
const create = async (
  clients: Clients,
  ClusterIdentifier: string,
  differing: Partial<CreateClusterMessage> = {},
) => {
  await (await clients('redshift')).createCluster({
    ...{ ClusterIdentifier, NodeType: 'ra3.large', MasterUsername: 'shop' },
    ...{ MasterUserPassword: 'Not-a-secret-1', PubliclyAccessible: false },
    ...differing,
  });
  return ClusterIdentifier;
};

const settings: readonly Setting[] = [
  {
    control: 'Redshift.2',
    type,
    // A parameter group of the cluster's own, with its name.
    create: async (clients, name) => {
      const ParameterGroupName = name;
      await (await clients('redshift')).createClusterParameterGroup({
        ...{ ParameterGroupName, ParameterGroupFamily: 'redshift-2.0', Description: 'orders' },
      });
      return create(clients, name, { ClusterParameterGroupName: name });
    },
    set: async (clients, id, isRight) => {
      const redshift = await clients('redshift');
      const required = { ParameterName: 'require_ssl', ParameterValue: String(isRight) };
      await redshift.modifyClusterParameterGroup({
        ...{ ParameterGroupName: id, Parameters: [required] },
      });
      await redshift.rebootCluster({ ClusterIdentifier: id });
    },
  },
  {
    control: 'Redshift.4',
    type,
    create: async (clients, name) => {
      await (await clients('s3')).createBucket({ Bucket: name });
      return create(clients, name);
    },
    set: async (clients, ClusterIdentifier, isRight) => {
      const redshift = await clients('redshift');
      return isRight
        ? redshift.enableLogging({ ClusterIdentifier, BucketName: ClusterIdentifier })
        : redshift.disableLogging({ ClusterIdentifier });
    },
  },
  {
    ...{ control: 'Redshift.10', type, create },
    set: async (clients, ClusterIdentifier, Encrypted) =>
      (await clients('redshift')).modifyCluster({ ClusterIdentifier, Encrypted }),
  },
  {
    ...{ control: 'Redshift.18', type, create },
    set: async (clients, ClusterIdentifier, MultiAZ) =>
      (await clients('redshift')).modifyCluster({ ClusterIdentifier, MultiAZ }),
  },
  {
    control: 'RedshiftServerless.2',
    type: 'AWS::RedshiftServerless::Workgroup',
    create: async (clients, workgroupName) => {
      await (await clients('redshiftserverless')).createWorkgroup({
        ...{ workgroupName, namespaceName: 'n' },
      });
      return workgroupName;
    },
    set: async (clients, workgroupName, isRight) =>
      (await clients('redshiftserverless')).updateWorkgroup({
        workgroupName,
        configParameters: [{ parameterKey: 'require_ssl', parameterValue: String(isRight) }],
      }),
  },
];

export const warehouseTurns: readonly Turn[] = [
  ...settings.map(turnOf),
  remade(
    {
      type,
      create,
      remove: async (clients, ClusterIdentifier) =>
        (await clients('redshift')).deleteCluster({
          ...{ ClusterIdentifier, SkipFinalClusterSnapshot: true },
        }),
    },
    'Redshift.8',
    {},
    { MasterUsername: 'awsuser' },
  ),
];
