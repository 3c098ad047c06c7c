/** Ports from one to another, both included. */
export interface Ports {
  readonly from: number;
  readonly to: number;
}

/** What a rule of a security group lets in, or what an entry of a network ACL is about. */
export interface Traffic {
  /** As EC2 writes it: a name such as `tcp`, IANA's number as a text, or `-1` for every protocol. */
  readonly protocol: string;
  readonly cidr: string;
  /** Absent where it is about every port, or the protocol has none. */
  readonly ports?: Ports | undefined;
}
/** Of those of a direction the first that matches decides, by their numbers. */
export interface AclRule extends Traffic {
  readonly number: number;
  readonly isEgress: boolean;
  readonly isAllowed: boolean;
}
export interface Route {
  readonly cidr: string;
  /** The id of what it leads to, such as `igw-…`; `blackhole` where that is gone. */
  readonly to: string;
}

/** What stands between the internet and an address in a subnet. */
export interface Gate {
  readonly subnet: string;
  readonly routeTable: string;
  readonly routes: readonly Route[];
  readonly acl: string;
  readonly entries: readonly AclRule[];
  /** VPC Block Public Access keeps the internet out. */
  readonly isBlocked: boolean;
}

/** What a load balancer passes traffic on to. */
export interface Onward {
  readonly to: string;
  readonly ports: readonly Ports[];
  /** The blocks of the subnets that the load balancer is in. */
  readonly from: readonly string[];
  /** Whether the target may see the address of the client, and not of the load balancer. */
  readonly keepsClient: boolean;
  /** What the target admits from anywhere, and from the groups of the load balancer. */
  readonly admits: readonly Traffic[];
  readonly admitsGroups: readonly Omit<Traffic, 'cidr'>[];
  /** Those of the ACL of each subnet that the target can be in. */
  readonly entries: readonly (readonly AclRule[])[];
}

/** An address that the internet knows, or may know. */
export interface WayIn {
  /** What has it: `eni-…`, a database, a load balancer. */
  readonly at: string;
  readonly families: readonly ('IPv4' | 'IPv6')[];
  /** One for each subnet that it can be in. @default - none: AWS itself answers, and only `admits` stands before it */
  readonly gates: readonly Gate[];
  readonly groups: readonly string[];
  readonly admits: readonly Traffic[];
  /** The ports on which something answers. @default - any */
  readonly ports?: readonly Ports[];
  readonly onward?: Onward;
}

export interface WaysIn {
  readonly ways: readonly WayIn[];
  /** What was not looked at, and why. */
  readonly unseen?: string;
  /** What the answer hangs on, beside what the ways name: a change of one of these can open a way. */
  readonly through: readonly string[];
}

/** How far the internet comes by them. */
export interface Reachability {
  /**
   * - `internet`: anybody, or more than one customer of a provider could be
   * - `named`: no more than some public addresses
   * - `nowhere`: nobody outside, as far as can be seen
   * - `unknown`: what stands between could not be read, or is a program that decides by itself
   */
  readonly from: 'internet' | 'named' | 'nowhere' | 'unknown';
  readonly why: string;
  readonly through: readonly string[];
}

/** What a change names that can have opened or closed a way: no facet of a type has this name. */
export const reachableFacet = 'reachable';
