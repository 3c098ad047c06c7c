import { asRecord } from '../../support/untyped.ts';
import { errorAnswer, okAnswer } from '../endpoint/answer.ts';
import type { Answer, Before, DecodedCall, Forward } from '../endpoint/call.ts';
import type { Fields } from '../endpoint/fields.ts';

interface Entry {
  readonly about: Fields;
  /** Scopes by the ARN of the policy. */
  readonly policies: Map<string, Fields>;
}
interface Kept {
  /** "the default is CONFIG_MAP": https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAccessConfigRequest.html */
  mode: string;
  encryption: unknown;
  readonly entries: Map<string, Entry>;
}
type Answering = (
  call: DecodedCall,
  cluster: Kept,
) => Answer | undefined | Promise<Answer | undefined>;

const keyOf = ({ region, input }: DecodedCall): string =>
  `${region} ${String(input['clusterName'] ?? input['name'])}`;

/** What moto answers of a cluster, with what it does not keep. */
const withKept = (answer: Answer, { mode, encryption }: Kept): Answer => {
  const body = asRecord(JSON.parse(answer.body.toString()));
  const cluster = {
    ...asRecord(body['cluster']),
    accessConfig: { authenticationMode: mode },
    ...(encryption === undefined ? {} : { encryptionConfig: encryption }),
  };
  return { ...answer, body: JSON.stringify({ ...body, cluster }) };
};

const described = ({ headers, input }: DecodedCall, forward: Forward): Promise<Answer> =>
  forward({
    method: 'GET',
    path: `/clusters/${encodeURIComponent(String(input['clusterName']))}`,
    headers: { host: headers['host'] ?? '', authorization: headers['authorization'] ?? '' },
    body: Buffer.alloc(0),
  });

const updating = (call: DecodedCall, type: string): Answer =>
  okAnswer(call, { update: { id: call.requestId, status: 'InProgress', type } });

const ofEntry =
  (answer: (call: DecodedCall, entry: Entry, cluster: Kept) => Fields): Answering =>
  (call, cluster) => {
    const entry = cluster.entries.get(String(call.input['principalArn']));
    if (entry) return okAnswer(call, answer(call, entry, cluster));
    const message = 'The specified principalArn could not be found.';
    return errorAnswer(call, { code: 'ResourceNotFoundException', status: 404, message });
  };
/** @param account whose the entries are */
const entryCalls = (account: string): Readonly<Record<string, Answering>> => ({
  CreateAccessEntry: (call, { entries }) => {
    const { name, clusterName = name, principalArn, kubernetesGroups = [] } = call.input;
    const id = `${clusterName}/role/${account}/it/${call.requestId}`;
    const accessEntryArn = `arn:aws:eks:${call.region}:${account}:access-entry/${id}`;
    const about = { clusterName, principalArn, kubernetesGroups, accessEntryArn };
    entries.set(String(principalArn), { about, policies: new Map() });
    return okAnswer(call, { accessEntry: about });
  },
  DeleteAccessEntry: ofEntry((call, _, { entries }) => {
    entries.delete(String(call.input['principalArn']));
    return {};
  }),
  AssociateAccessPolicy: ofEntry(({ input }, { about, policies }) => {
    const { clusterName, principalArn } = about;
    policies.set(String(input['policyArn']), asRecord(input['accessScope']));
    const associatedAccessPolicy = {
      policyArn: input['policyArn'],
      accessScope: input['accessScope'],
    };
    return { clusterName, principalArn, associatedAccessPolicy };
  }),
  DisassociateAccessPolicy: ofEntry(({ input }, { policies }) => {
    policies.delete(String(input['policyArn']));
    return {};
  }),
  ListAccessEntries: (call, { entries }) => {
    const policy = call.input['associatedPolicyArn'];
    const isMeant = ({ policies }: Entry) => policy === undefined || policies.has(String(policy));
    const found = [...entries].flatMap(([principal, entry]) => (isMeant(entry) ? [principal] : []));
    return okAnswer(call, { accessEntries: found });
  },
  ListAssociatedAccessPolicies: ofEntry((_, { about, policies }) => ({
    clusterName: about['clusterName'],
    principalArn: about['principalArn'],
    associatedAccessPolicies: [...policies].map(([policyArn, accessScope]) => ({
      policyArn,
      accessScope,
    })),
  })),
});

/**
 * Who may use clusters of EKS, and the keys that are given to clusters later on, of which moto knows nothing. Whoever makes a
 * cluster gets no entry here, other than on AWS.
 */
export const clusterAccess = (account: string): Before => {
  const kept = new Map<string, Kept>();
  const ofEntries = entryCalls(account);
  const clusterOf = (call: DecodedCall): Kept => {
    const before = kept.get(keyOf(call));
    const cluster = before ?? { mode: 'CONFIG_MAP', encryption: undefined, entries: new Map() };
    kept.set(keyOf(call), cluster);
    return cluster;
  };
  const setMode = (cluster: Kept, { input }: DecodedCall): void => {
    cluster.mode = String(asRecord(input['accessConfig'])['authenticationMode'] ?? cluster.mode);
  };
  const ofClusters: Readonly<Record<string, (call: DecodedCall, answer: Answer) => Answer>> = {
    CreateCluster: (call, answer) => {
      kept.delete(keyOf(call));
      const cluster = clusterOf(call);
      setMode(cluster, call);
      return withKept(answer, cluster);
    },
    DescribeCluster: (call, answer) => withKept(answer, clusterOf(call)),
    UpdateClusterConfig: (call, answer) => {
      setMode(clusterOf(call), call);
      return answer;
    },
    DeleteCluster: (call, answer) => {
      kept.delete(keyOf(call));
      return answer;
    },
  };
  const later = async (call: DecodedCall, forward: Forward, then: Answering) => {
    const cluster = await described(call, forward);
    return cluster.status >= 300 ? cluster : then(call, clusterOf(call));
  };
  return async (call, forward) => {
    if (call.service !== 'eks') return undefined;
    const ofCluster = ofClusters[call.operation];
    if (ofCluster) {
      const answer = await forward(call);
      return answer.status >= 300 ? answer : ofCluster(call, answer);
    }
    if (call.operation === 'AssociateEncryptionConfig')
      return later(call, forward, (_, cluster) => {
        cluster.encryption = call.input['encryptionConfig'];
        return updating(call, 'AssociateEncryptionConfig');
      });
    const ofEntryCall = ofEntries[call.operation];
    if (!ofEntryCall) return undefined;
    return later(call, forward, (_, cluster) =>
      cluster.mode === 'CONFIG_MAP'
        ? errorAnswer(call, {
            ...{ code: 'InvalidRequestException', status: 400 },
            message: `The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.`,
          })
        : ofEntryCall(call, cluster),
    );
  };
};
