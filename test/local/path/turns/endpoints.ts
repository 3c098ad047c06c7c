import type { ProvisionedRequest } from '@aws-sdk/client-kafka';
import type { Clients } from '../../../../lib/aws/clients.ts';
import { madeTwice, turnOf } from './setting.ts';
import { account, nameOf, region, type Turn } from './turn.ts';

const clusterArn = `arn:aws:kafka:${region}:${account}:cluster/`;
const connect = async (clients: Clients, id: string, Type: string) =>
  (await clients('kafka')).updateConnectivity({
    ...{ ClusterArn: `${clusterArn}${id}`, CurrentVersion: 'K1' },
    ConnectivityInfo: { PublicAccess: { Type } },
  });
type Provisioned = Partial<ProvisionedRequest>;
const createBrokers = async (clients: Clients, differing: Provisioned = {}): Promise<string> => {
  const { ClusterArn = '' } = await (await clients('kafka')).createClusterV2({
    ClusterName: nameOf('turn'),
    Provisioned: {
      BrokerNodeGroupInfo: { ClientSubnets: ['subnet-1'], InstanceType: 'kafka.t3.small' },
      ...{ KafkaVersion: '3.6.0', NumberOfBrokerNodes: 3, ...differing },
    },
  });
  return ClusterArn.split(':cluster/')[1] ?? '';
};
const ofBrokers = 'AWS::MSK::Cluster';
const brokers: Turn = {
  ...{ control: 'MSK.4', type: ofBrokers, make: (clients) => createBrokers(clients) },
  wrong: (clients, id) => connect(clients, id, 'SERVICE_PROVIDED_EIPS'),
  right: (clients, id) => connect(clients, id, 'DISABLED'),
};
const betweenBrokers = madeTwice({
  ...{ control: 'MSK.1', type: ofBrokers },
  create: (clients, InCluster) =>
    createBrokers(clients, { EncryptionInfo: { EncryptionInTransit: { InCluster } } }),
  remove: async (clients, id) =>
    (await clients('kafka')).deleteCluster({ ClusterArn: `${clusterArn}${id}` }),
});
const unauthenticated = turnOf({
  ...{ control: 'MSK.6', type: ofBrokers, create: (clients) => createBrokers(clients) },
  set: async (clients, id, isRight) =>
    (await clients('kafka')).updateSecurity({
      ...{ ClusterArn: `${clusterArn}${id}`, CurrentVersion: 'K1' },
      ClientAuthentication: {
        Sasl: { Iam: { Enabled: true } },
        Unauthenticated: { Enabled: !isRight },
      },
    }),
});

export const endpointTurns: readonly Turn[] = [brokers, betweenBrokers, unauthenticated];
