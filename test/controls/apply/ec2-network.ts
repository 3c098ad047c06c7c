import type { Effects } from './effects.ts';

type Snapshot = Readonly<Record<string, unknown>>;
type Input = Readonly<Record<string, unknown>>;

const entriesIn = ({ acl }: Snapshot): readonly Readonly<Record<string, unknown>>[] =>
  Object(acl).entries ?? [];
const withEntries = (snapshot: Snapshot, entries: readonly object[]): Snapshot => ({
  ...snapshot,
  acl: { ...Object(snapshot['acl']), entries },
});
const isSame = ({ RuleNumber, Egress }: Input) => {
  return ({ number, isEgress }: Readonly<Record<string, unknown>>) =>
    number === RuleNumber && isEgress === Egress;
};

export const ec2Network: Effects = {
  createNetworkAclEntry: (snapshot, input) => {
    const { From: from, To: to } = Object(input['PortRange']);
    if (entriesIn(snapshot).some(isSame(input))) throw new Error('NetworkAclEntryAlreadyExists');
    const entry = {
      number: Number(input['RuleNumber']),
      isEgress: input['Egress'],
      isAllowed: input['RuleAction'] === 'allow',
      protocol: input['Protocol'],
      cidr: input['CidrBlock'] ?? input['Ipv6CidrBlock'],
      ports: { from, to },
    };
    const all = [...entriesIn(snapshot), entry];
    return withEntries(
      snapshot,
      all.toSorted((one, other) => Number(one.number) - Number(other.number)),
    );
  },
  deleteNetworkAclEntry: (snapshot, input) => {
    const named = isSame(input);
    const kept = entriesIn(snapshot).filter((one) => !named(one));
    if (kept.length === entriesIn(snapshot).length)
      throw new Error('InvalidNetworkAclEntry.NotFound');
    return withEntries(snapshot, kept);
  },
  modifySubnetAttribute: (snapshot, input) => ({
    ...snapshot,
    subnet: {
      ...Object(snapshot['subnet']),
      mapsPublicIp: Object(input['MapPublicIpOnLaunch']).Value,
    },
  }),
  modifyTransitGateway: (snapshot, { Options }) => ({
    ...snapshot,
    gateway: {
      ...Object(snapshot['gateway']),
      attachesUnasked: Object(Options).AutoAcceptSharedAttachments === 'enable',
    },
  }),
  modifyInstanceMetadataOptions: (snapshot, { HttpTokens: httpTokens }) => {
    const instance = Object(snapshot['instance']);
    return {
      ...snapshot,
      instance: { ...instance, metadata: { ...instance.metadata, httpTokens } },
    };
  },
};
