import type { Peer, Rule } from '../../../lib/resources/security-group-rules.ts';

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

/** Facets of a group with these rules, which names no prefix list that is not given. */
export const group = (
  rules: readonly string[],
  prefixLists: Readonly<Record<string, readonly string[]>> = {},
) => ({ rules: rules.map(rule), prefixLists });
