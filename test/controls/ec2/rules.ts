import type {
  IdentifiedRule,
  Peer,
  Rule,
} from '../../../lib/resources/ec2/security-group-rules.ts';
import type { Planned } from '../plans.ts';

const peerOf = (peer: string): Peer => {
  if (peer.startsWith('pl-')) return { kind: 'prefixList', id: peer };
  if (peer.startsWith('sg-')) return { kind: 'group', id: peer, account: '123456789012' };
  return { kind: 'network', cidr: peer };
};

/** A rule as people say it: `rule('tcp 20-25 from 0.0.0.0/0')`, `rule('-1 to sg-1')`, `rule('icmp 8/-1 from ::/0')`. */
export const rule = (text: string): Rule => {
  const [, protocol = '', first, last, way, peer = ''] =
    /^(\S+)(?: (-?\d+)(?:[-/](-?\d+))?)? (from|to) (\S+)$/.exec(text) ?? [];
  if (!peer) throw new Error(`no rule: ${text}`);
  return {
    direction: way === 'from' ? 'ingress' : 'egress',
    protocol,
    ...(first === undefined ? {} : { fromPort: Number(first), toPort: Number(last ?? first) }),
    peer: peerOf(peer),
  };
};

/** Facets of a group with these rules, which names no prefix list that is not given, and which nothing uses. */
export const group = (
  rules: readonly string[],
  prefixLists: Readonly<Record<string, readonly string[]>> = {},
) => facetsOf(rules.map(rule), prefixLists);

const capacityOf = (cidrs: readonly string[]) => ({
  family: cidrs.some((cidr) => cidr.includes(':')) ? 'IPv6' : 'IPv4',
  maxEntries: cidrs.length,
});

/** The same of rules that texts do not say. */
export const facetsOf = (
  rules: readonly (Rule & Partial<IdentifiedRule>)[],
  prefixLists: Readonly<Record<string, readonly string[]>> = {},
) => ({
  group: { name: 'web', owner: '123456789012', vpc: 'vpc-1' },
  rules: rules.map(({ id: _, tags: __, ...one }): Rule => one),
  identifiedRules: rules.map((one, i): IdentifiedRule => ({ id: `sgr-${i}`, tags: {}, ...one })),
  interfaces: [] as readonly string[],
  prefixLists,
  prefixListCapacities: Object.fromEntries(
    Object.entries(prefixLists).map(([id, cidrs]) => [id, capacityOf(cidrs)]),
  ),
  prefixListOwners: {} as Readonly<Record<string, string>>,
});

/** Rules that nothing of stays are revoked. */
export const revoked = {
  risk: 'safe',
  calls: ['ec2.revokeSecurityGroupIngress'],
  undo: 'widens',
} as const;
/** A rule becomes its one remainder. */
export const narrowed = { ...revoked, calls: ['ec2.modifySecurityGroupRules'] } as const;
/** Remainders beside the first of a rule are authorized before the rule is narrowed. */
export const split = (more: number) => ({
  ...revoked,
  calls: [
    ...Array.from({ length: more }, () => 'ec2.authorizeSecurityGroupIngress'),
    'ec2.modifySecurityGroupRules',
  ],
});
/** Rules for all traffic cannot be split without loss. */
export const notAllTraffic = { proposal: /for every protocol that/ } as const;
/** A prefix list that also holds addresses that may come in is for its owner to change. */
export const sharedList = { proposal: /the prefix list pl-1 lets them in, and also/ } as const;
/** Somebody may miss what is closed beside what the control forbids. */
export const noticed = (plan: Exclude<Planned, { proposal: RegExp }>): Planned => ({
  ...plan,
  risk: 'disruptive',
});
