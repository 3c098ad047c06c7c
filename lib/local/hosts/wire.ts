import { execute, output } from './execute.ts';
import { tool } from './tools.ts';

/** Addresses that are kept for documentation: nothing else has them. */
export const hostAddress = '192.0.2.2';
export const clientAddress = '192.0.2.1';

interface End {
  /** A process of its network namespace. */
  readonly pid: number;
  readonly device: string;
  readonly addresses: readonly string[];
}

/** Lays a wire between the networks of two processes, through which nothing else of this machine is reached. */
export const connect = async (hostPid: number, clientPid: number): Promise<void> => {
  const host = { pid: hostPid, device: 'ens5', addresses: [`${hostAddress}/24`, '2001:db8::2/64'] };
  const client = {
    pid: clientPid,
    device: 'eth0',
    addresses: [`${clientAddress}/24`, '2001:db8::1/64'],
  };
  const { path: ip, environment } = tool('ip');
  // The kernel takes a dead host's end with its network, a moment after the host is gone.
  await execute('nsenter', ['-t', String(client.pid), '-n', ip, 'link', 'delete', client.device], {
    environment,
  });
  const ends = [client, host].map(({ pid, device }) => [device, 'netns', String(pid)]);
  const [one = [], other = []] = ends;
  const pair = ['link', 'add', 'name', ...one, 'type', 'veth', 'peer', 'name', ...other];
  await output(ip, pair, { environment });
  await raise(client);
  await raise(host);
  await run(host, ['route', 'add', 'default', 'via', clientAddress]);
};

const raise = async (end: End) => {
  // Duplicate address detection would keep an IPv6 address unusable for a second.
  for (const address of end.addresses)
    await run(end, [
      ...['address', 'add', address, 'dev', end.device],
      ...(address.includes(':') ? ['nodad'] : []),
    ]);
  await run(end, ['link', 'set', end.device, 'up']);
};

const run = ({ pid }: Pick<End, 'pid'>, args: readonly string[]) => {
  const { path: ip, environment } = tool('ip');
  return output('nsenter', ['-t', String(pid), '-n', ip, ...args], { environment });
};
