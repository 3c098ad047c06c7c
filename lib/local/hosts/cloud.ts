import { appendFile, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { OverlayRoot } from './overlay-root.ts';
import { clientAddress } from './wire.ts';

const services = ['ssm', 'ssmmessages', 'ec2messages'];
const names = services.map((service) => `${service}.us-east-1.amazonaws.com`);

const begin = `
cd /root
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj '/CN=Test authority' -keyout ca.key -out ca.pem
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj '/CN=endpoints' -keyout end.key -out end.csr
printf 'subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}' >end.ext
openssl x509 -req -in end.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile end.ext -out end.pem
`;

/** What stands for EC2 around a host. */
export interface Cloud {
  /** Gives a root an agent, and trust in the endpoints. */
  furnish(root: string): Promise<void>;
  /** Opens the endpoints and the metadata service; the host's wire must be there. */
  open(): Promise<void>;
}

export const cloudOf = async (client: OverlayRoot): Promise<Cloud> => {
  const made = await client.run(begin);
  if (made.exitCode !== 0) throw new Error(made.stderr);
  const own = (name: string) => readFile(join(client.path, 'root', name), 'utf8');
  await writeFile(join(client.path, 'root/cloud.py'), await cloudScript());
  return {
    furnish: async (root) => {
      await addAgent(root);
      // In the place of the others: to read 140 of them takes most of the time of a call, and nobody else is called here.
      await writeFile(join(root, 'etc/ssl/certs/ca-certificates.crt'), await own('ca.pem'));
      await appendFile(join(root, 'etc/hosts'), `${clientAddress} ${names.join(' ')}\n`);
    },
    open: async () => {
      const opened = await client.run(`
        ip address replace 169.254.169.254/32 dev lo
        setsid python3 /root/cloud.py /root/end.pem /root/end.key >/root/cloud.out 2>&1 &
        for try in {1..100}; do grep -q ready /root/cloud.out && exit; sleep 0.05; done
        cat /root/cloud.out >&2; exit 1`);
      if (opened.exitCode !== 0) throw new Error(opened.stderr);
    },
  };
};

const cloudScript = () => readFile(new URL('cloud.py', import.meta.url), 'utf8');

// The agent itself needs AWS; what is asked of it here is that its unit runs and will run.
const addAgent = async (root: string) => {
  const unit = '[Service]\nExecStart=/bin/sleep infinity\n[Install]\nWantedBy=multi-user.target\n';
  await write(root, 'etc/systemd/system/amazon-ssm-agent.service', unit, 0o644);
  const wants = join(root, 'etc/systemd/system/multi-user.target.wants');
  await mkdir(wants, { recursive: true });
  await symlink('../amazon-ssm-agent.service', join(wants, 'amazon-ssm-agent.service'));
};

const write = async (root: string, path: string, text: string, mode: number) => {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text, { mode });
};
