import { randomUUID } from 'node:crypto';
import { asRecord } from '../../support/untyped.ts';
import { errorAnswer, okAnswer } from '../endpoint/answer.ts';
import type { Before, DecodedCall } from '../endpoint/call.ts';
import type { Fields } from '../endpoint/fields.ts';

interface Kept {
  readonly region: string;
  readonly cluster: Fields;
}

/**
 * A cluster as it is made: within it is encrypted, and without a word whoever asks is let in.
 * https://docs.aws.amazon.com/msk/1.0/apireference/clusters.html
 */
const provisionedOf = (asked: Fields): Fields => {
  const { EncryptionInfo, ClientAuthentication, BrokerNodeGroupInfo, ...more } = asked;
  const transit = asRecord(asRecord(EncryptionInfo)['EncryptionInTransit']);
  return {
    ...more,
    BrokerNodeGroupInfo: {
      ...asRecord(BrokerNodeGroupInfo),
      ConnectivityInfo: { PublicAccess: { Type: 'DISABLED' } },
    },
    ClientAuthentication: ClientAuthentication ?? { Unauthenticated: { Enabled: true } },
    EncryptionInfo: {
      ...asRecord(EncryptionInfo),
      EncryptionInTransit: { ClientBroker: 'TLS', InCluster: true, ...transit },
    },
  };
};

/** Clusters of MSK, at once as they are asked for; moto keeps neither encryption nor who may come in, nor changes either. */
export const kafkaClusters = (account: string): Before => {
  const kept = new Map<string, Kept>();
  const create = (call: DecodedCall) => {
    const { ClusterName, Provisioned, Serverless, Tags = {} } = call.input;
    const uuid = `${randomUUID()}-1`;
    const ClusterArn = `arn:aws:kafka:${call.region}:${account}:cluster/${ClusterName}/${uuid}`;
    const kind = Provisioned
      ? { ClusterType: 'PROVISIONED', Provisioned: provisionedOf(asRecord(Provisioned)) }
      : { ClusterType: 'SERVERLESS', Serverless };
    const cluster = {
      ClusterArn,
      ClusterName,
      State: 'ACTIVE',
      CurrentVersion: 'K1',
      Tags,
      ...kind,
    };
    kept.set(ClusterArn, { region: call.region, cluster });
    return okAnswer(call, { ClusterArn, ClusterName, State: 'CREATING' });
  };
  const known = (call: DecodedCall, answer: (cluster: Fields, arn: string) => Fields) => {
    const arn = String(call.input['ClusterArn']);
    const found = kept.get(arn);
    if (found?.region !== call.region)
      return errorAnswer(call, {
        ...{ code: 'NotFoundException', status: 404 },
        message: 'The requested cluster was not found.',
      });
    return okAnswer(call, answer(found.cluster, arn));
  };
  const change = (call: DecodedCall, of: (before: Fields) => Fields) =>
    known(call, (cluster, ClusterArn) => {
      const Provisioned = of(asRecord(cluster['Provisioned']));
      kept.set(ClusterArn, { region: call.region, cluster: { ...cluster, Provisioned } });
      return { ClusterArn };
    });
  const connect = (call: DecodedCall) =>
    change(call, (before) => ({
      ...before,
      BrokerNodeGroupInfo: {
        ...asRecord(before['BrokerNodeGroupInfo']),
        ConnectivityInfo: call.input['ConnectivityInfo'],
      },
    }));
  const secure = (call: DecodedCall) =>
    change(call, (before) => ({
      ...before,
      ClientAuthentication: call.input['ClientAuthentication'] ?? before['ClientAuthentication'],
    }));
  const answers: Readonly<Record<string, (call: DecodedCall) => ReturnType<typeof okAnswer>>> = {
    CreateClusterV2: create,
    DescribeClusterV2: (call) => known(call, (ClusterInfo) => ({ ClusterInfo })),
    UpdateConnectivity: connect,
    UpdateSecurity: secure,
    DeleteCluster: (call) =>
      known(call, (_, ClusterArn) => {
        kept.delete(ClusterArn);
        return { ClusterArn, State: 'DELETING' };
      }),
    ListClustersV2: (call) =>
      okAnswer(call, {
        ClusterInfoList: [...kept.values()].flatMap(({ region, cluster }) =>
          region === call.region ? [cluster] : [],
        ),
      }),
  };
  return (call) => (call.service === 'kafka' ? answers[call.operation]?.(call) : undefined);
};
