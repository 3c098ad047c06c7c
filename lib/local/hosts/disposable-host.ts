import type { EC2 } from '@aws-sdk/client-ec2';
import { type Endings, started } from '../local-aws-parts.ts';
import { cloudOf } from './cloud.ts';
import type { Fleet } from './fleet.ts';
import { launchHost } from './launch.ts';
import { addUser, clientOf, login, publicKeyOf } from './logins.ts';

/** A host of the local AWS that a user with a key and sudo logs in to, from a client of its own. */
export interface DisposableHost {
  readonly instanceId: string;
  readonly user: string;
  /** A new login over SSH, from outside, with the key: who it is there, or why not. */
  login(): Promise<string>;
  /** Ends the host and its client, and removes what was theirs. */
  stop(): Promise<void>;
}
export interface DisposableHostOptions {
  /** Launches the instance. */
  readonly ec2: EC2;
  readonly fleet: Fleet;
  readonly base: string;
}

const user = 'alice';

export const disposableHost = (options: DisposableHostOptions): Promise<DisposableHost> =>
  started((endings) => start(options, endings));

const start = async (options: DisposableHostOptions, endings: Endings): Promise<DisposableHost> => {
  const client = await clientOf(options.base);
  endings.add(() => client.dispose());
  const cloud = await cloudOf(client);
  const host = await launchHost({ ...options, client, prepare: cloud.furnish });
  endings.add(() => {
    options.fleet.deregister(host.instanceId);
    return host.stop();
  });
  await cloud.open();
  await addUser(host, user, { key: await publicKeyOf(client), groups: 'sudo' });
  return {
    instanceId: host.instanceId,
    user,
    login: async () => {
      const { stdout, stderr } = await login(client, user);
      return (stdout || stderr).trim();
    },
    stop: () => endings.run(),
  };
};
