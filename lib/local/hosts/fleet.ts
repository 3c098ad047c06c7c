import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { InstanceInformation } from '@aws-sdk/client-ssm';
import type { HostRunOptions } from './booted-host.ts';
import type { RunResult } from './guest.ts';

/** What the local Systems Manager needs of a host: a booted one, or what stands for it. */
export interface ManagedHost {
  readonly instanceId: string;
  /** Where its root lies. */
  readonly path: string;
  isRunning(): boolean;
  run(script: string, options: HostRunOptions): Promise<RunResult>;
}
/** Where a host is that is not in the home region of the account of Plumbline. */
export interface Spot {
  readonly account: string;
  readonly region: string;
}
export interface ManagedNode {
  readonly host: ManagedHost;
  readonly spot?: Spot | undefined;
  readonly agentVersion: string;
  readonly registeredAt: Date;
}

/** The first that exports parameters as variables of the environment. */
const firstWithVariables = [3, 3, 2746, 0];

/** The hosts that Systems Manager knows in one region of an account. */
export interface Nodes {
  get(instanceId: string): ManagedNode | undefined;
  all(): readonly ManagedNode[];
}

/** The hosts whose agents have registered with Systems Manager. */
export class Fleet implements Nodes {
  private readonly nodes = new Map<string, ManagedNode>();

  /** An older version lets a test see what such an agent does. */
  register(host: ManagedHost, agentVersion = firstWithVariables.join('.'), spot?: Spot) {
    this.nodes.set(host.instanceId, { host, spot, agentVersion, registeredAt: new Date() });
  }

  /** Those of one region of an account alone; of the home region where none is said. */
  at(wanted: Spot | undefined): Nodes {
    const isThere = ({ spot }: ManagedNode) =>
      spot?.account === wanted?.account && spot?.region === wanted?.region;
    return {
      get: (instanceId) => [this.get(instanceId)].find((one) => one && isThere(one)),
      all: () => this.all().filter(isThere),
    };
  }

  deregister(instanceId: string) {
    this.nodes.delete(instanceId);
  }

  get(instanceId: string): ManagedNode | undefined {
    return this.nodes.get(instanceId);
  }

  all(): readonly ManagedNode[] {
    return [...this.nodes.values()];
  }
}

/** Whether a node's agent hands over parameters whose `interpolationType` is ENV_VAR. */
export const knowsVariables = ({ agentVersion }: ManagedNode): boolean => {
  const parts = agentVersion.split('.').map(Number);
  for (const [at, least] of firstWithVariables.entries())
    if (parts[at] !== least) return (parts[at] ?? 0) > least;
  return true;
};

/** The node as DescribeInstanceInformation tells of it. */
export const informationOf = ({ host, agentVersion, registeredAt }: ManagedNode) => {
  const isOnline = host.isRunning();
  const { NAME, VERSION_ID } = releaseOf(host.path);
  return {
    InstanceId: host.instanceId,
    PingStatus: isOnline ? 'Online' : 'ConnectionLost',
    LastPingDateTime: isOnline ? new Date() : registeredAt,
    AgentVersion: agentVersion,
    IsLatestVersion: true,
    PlatformType: 'Linux',
    PlatformName: NAME,
    PlatformVersion: VERSION_ID,
    ResourceType: 'EC2Instance',
    SourceId: host.instanceId,
    SourceType: 'AWS::EC2::Instance',
    ComputerName: 'ip-192-0-2-2',
    IPAddress: '192.0.2.2',
  } satisfies InstanceInformation;
};

const releaseOf = (root: string): Readonly<Record<string, string>> => {
  const lines = readFileSync(join(root, 'usr/lib/os-release'), 'utf8').split('\n');
  return Object.fromEntries(
    lines.map((line) => [line.replace(/=.*/, ''), line.replace(/^[^=]*="?|"$/g, '')]),
  );
};
