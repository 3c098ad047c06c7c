import type { EC2, Tag } from '@aws-sdk/client-ec2';
import { type BootedHost, type BootOptions, bootHost } from './booted-host.ts';
import type { Fleet, Spot } from './fleet.ts';

export interface LaunchOptions extends Omit<BootOptions, 'instanceId'> {
  /** A client of the local AWS: who launches is who it calls as. */
  readonly ec2: EC2;
  readonly fleet: Fleet;
  readonly tags?: readonly Tag[];
  /** Where the instance is launched. @default - the home region of the account of Plumbline */
  readonly spot?: Spot;
}
export interface LaunchedHost extends BootedHost {
  /** Terminates the instance and ends the host. */
  terminate(): Promise<void>;
}

/** Launches an instance of the local AWS that is a host on this machine; Systems Manager knows it once it has booted. */
export const launchHost = async (options: LaunchOptions): Promise<LaunchedHost> => {
  const { ec2, fleet, tags = [], spot, ...boot } = options;
  const { Instances = [] } = await ec2.runInstances({
    ImageId: 'ami-12c6146b',
    InstanceType: 't3.micro',
    MinCount: 1,
    MaxCount: 1,
    ...(tags.length > 0 && {
      TagSpecifications: [{ ResourceType: 'instance' as const, Tags: [...tags] }],
    }),
  });
  const instanceId = Instances[0]?.InstanceId;
  if (instanceId === undefined) throw new Error('the local EC2 launched no instance');
  const host = await bootHost({ ...boot, instanceId });
  fleet.register(host, undefined, spot);
  return {
    ...host,
    terminate: async () => {
      fleet.deregister(instanceId);
      await ec2.terminateInstances({ InstanceIds: [instanceId] });
      await host.stop();
    },
  };
};
