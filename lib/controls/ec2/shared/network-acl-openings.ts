import { excludeCidr } from 'cidr-tools';
import { protocolOf } from '../../../analysis/network/ports.ts';
import { type Family, families, networkOf, networksOf } from '../../../analysis/network/sources.ts';
import { holdInternet, isSlice } from '../../../analysis/network/unions.ts';
import { call, type Plan, propose } from '../../../model/control.ts';
import type { AclEntry } from '../../../resources/ec2/network-acl.ts';

const adminPorts = [22, 3389] as const;
const everywhere: Readonly<Record<Family, string>> = { IPv4: '0.0.0.0/0', IPv6: '::/0' };
/** The family of which a block is all; AWS makes `0.0.0.0/0` of `127.0.0.0/0` (CreateNetworkAclEntry). */
const wholeIn = (cidr: string): Family | undefined => {
  const network = networkOf(cidr);
  return network?.prefix === 0 ? network.family : undefined;
};

export interface Opening {
  readonly port: number;
  readonly cidr: string;
  /** What lets everybody in: one entry, or several together. */
  readonly entries: readonly AclEntry[];
}

const isOf = ({ ports, ...entry }: AclEntry, port: number): boolean => {
  const protocol = protocolOf(entry);
  if (protocol === '-1') return true;
  return protocol === 'tcp' && (!ports || (ports.from <= port && port <= ports.to));
};

/** Entries for parts of a family that let in all of the internet together, but for what is denied before each. */
const togetherIn = (family: Family, parts: readonly AclEntry[]): readonly AclEntry[] => {
  const denied: string[] = [];
  const allowed: string[] = [];
  for (const { isAllowed, cidr } of parts) {
    if (isAllowed) allowed.push(...excludeCidr(cidr, denied));
    else denied.push(cidr);
  }
  if (!holdInternet(family, networksOf(allowed))) return [];
  const some = parts.filter(({ isAllowed }) => isAllowed);
  const wide = some.filter(({ cidr }) => networksOf([cidr]).some(isSlice));
  return wide.length > 0 ? wide : some;
};

/** What lets everybody of a family in: the first entry for all of them that matches, or those for parts before it. */
const lettingIn = (family: Family, matching: readonly AclEntry[]): readonly AclEntry[] => {
  const own = matching.filter(({ cidr }) => networkOf(cidr)?.family === family);
  const at = own.findIndex(({ cidr }) => wholeIn(cidr) === family);
  const whole = own[at];
  return whole?.isAllowed ? [whole] : togetherIn(family, whole ? own.slice(0, at) : own);
};

/** Where everybody is let in. */
export const openingsIn = (entries: readonly AclEntry[]): readonly Opening[] => {
  const ingress = entries
    .filter(({ isEgress }) => !isEgress)
    .toSorted((one, other) => one.number - other.number);
  return adminPorts.flatMap((port) => {
    const matching = ingress.filter((one) => isOf(one, port));
    return families.flatMap((family) => {
      const letting = lettingIn(family, matching);
      return letting.length > 0 ? [{ port, cidr: everywhere[family], entries: letting }] : [];
    });
  });
};

// https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html: 20 in each direction by default, beside the
// last one, which AWS numbers 32767.
const mostEntries = 20;

interface Denial extends Opening {
  readonly number: number;
}

/** Allows a single network a port, and would no longer be reached behind a denial. */
const isCutOff = (entry: AclEntry, denials: readonly Denial[]): boolean =>
  entry.isAllowed &&
  wholeIn(entry.cidr) === undefined &&
  denials.some(
    ({ port, cidr, number, entries }) =>
      isOf(entry, port) &&
      entry.cidr.includes(':') === cidr.includes(':') &&
      entry.number > number &&
      !entries.includes(entry),
  );

/** Each denial with the last free number before its opening. */
const numbered = (
  openings: readonly Opening[],
  ingress: readonly AclEntry[],
): readonly Denial[] => {
  const taken = new Set(ingress.map(({ number }) => number));
  return openings.map((opening) => {
    let number = (opening.entries[0]?.number ?? 0) - 1;
    while (taken.has(number)) number -= 1;
    taken.add(number);
    return { ...opening, number };
  });
};

/** Denies SSH and RDP from everywhere just before the entry that allows them. */
export const closingAcl = (NetworkAclId: string, entries: readonly AclEntry[]): Plan => {
  const openings = openingsIn(entries);
  const ingress = entries.filter(({ isEgress, number }) => !isEgress && number < 32_767);
  if (ingress.length + openings.length > mostEntries)
    return propose('the ACL has no room for more entries');
  const denials = numbered(openings, ingress);
  if (denials.some(({ number }) => number < 1))
    return propose('no number is free before the entry that lets everybody in');
  const cutOff = ingress.find((entry) => isCutOff(entry, denials));
  if (cutOff)
    return propose(
      `a deny would also keep out ${cutOff.cidr}, which entry ${cutOff.number} allows`,
    );
  return {
    kind: 'calls',
    // It cuts off what comes from within the VPC through the same entry, and answers to a port that a NAT chose.
    risk: 'disruptive',
    summary: `denies ${[...new Set(openings.map(({ port }) => port))].join(' and ')} from everywhere, from within the VPC too`,
    calls: denials.map(({ port, cidr, number }) =>
      call('ec2', 'createNetworkAclEntry', {
        ...{ NetworkAclId, Egress: false, RuleNumber: number },
        ...{ Protocol: '6', RuleAction: 'deny', PortRange: { From: port, To: port } },
        ...(cidr.includes(':') ? { Ipv6CidrBlock: cidr } : { CidrBlock: cidr }),
      }),
    ),
    undo: {
      calls: denials.map(({ number }) =>
        call('ec2', 'deleteNetworkAclEntry', { NetworkAclId, Egress: false, RuleNumber: number }, [
          'InvalidNetworkAclEntry.NotFound',
        ]),
      ),
      widensAccess: true,
    },
  };
};
