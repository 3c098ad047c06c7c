import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import { hardenedBy, hardenHosts } from '../../../lib/hosts/documents/harden-host.ts';
import { rollbackHost } from '../../../lib/hosts/documents/rollback-host.ts';
import { hostControls } from '../../../lib/hosts/index.ts';
import { runDocument } from '../audited.ts';
import { answerOf } from '../transaction/answer.ts';
import { standingIn } from '../transaction/host-folder.ts';
import { control, inRoot } from './files-root.ts';

const documents = hardenHosts(hostControls);
/** Puts a control right, in the transaction as a host runs it. */
export const hardened = (
  root: string,
  id: string,
  given: Readonly<Record<string, string>> = {},
) => {
  const source = documents.find(({ name }) => name === hardenedBy(control(id)));
  if (!source) throw new Error(`no document hardens ${id}`);
  const command = randomUUID();
  const { status, stdout, stderr } = runDocument(source, standingIn(root), {
    Controls: id,
    DryRun: 'no',
    RollbackSeconds: '600',
    Install: 'no',
    COMMAND_ID: command,
    ...given,
  });
  return { command, ...answerOf(status, stdout, stderr) };
};
export const takenBack = (root: string, command: string) => {
  const { status, stdout, stderr } = runDocument(rollbackHost, [`ROOT=${root}`], { Id: command });
  return answerOf(status, stdout, stderr);
};

/** Files with modes, owners and contents; usermod keeps the lists as they were before under another name, and a lock. */
export const listing = (root: string) =>
  inRoot(
    root,
    `{ find /etc /home /root /srv /tmp /usr/local -printf '%p %M %u:%g %l\\n'; find /etc /home -type f -exec sha256sum {} +; } | grep -Ev '/etc/(passwd-|shadow-|.pwd.lock)' | sort`,
  );

export const user =
  'useradd -m -s /bin/bash alice; cd /home/alice; install -d -o alice -g alice -m 755 .ssh; install -o alice -g alice -m 644 /dev/null .ssh/authorized_keys; chmod 2775 .';
export const shm =
  'mkdir -p /proc/self; echo "tmpfs /dev/shm tmpfs rw,nosuid,nodev 0 0" >/proc/self/mounts';
export const faillock =
  "printf '%s\\n' 'auth requisite pam_faillock.so preauth' 'auth [default=die] pam_faillock.so authfail' >>/etc/pam.d/common-auth; printf '%s\\n' 'deny = 50' even_deny_root audit >/etc/security/faillock.conf";

/** Nothing of a root is changed, and the control says why. */
export const expectLeftAlone = async (root: string, id: string, why: string): Promise<void> => {
  const before = await listing(root);
  const { outcome, results } = hardened(root, id);
  expect([outcome, results.get(id)]).toEqual([
    'unchanged',
    expect.objectContaining({ o: 'refused', why }),
  ]);
  expect(await listing(root)).toBe(before);
};

/** OpenSSH 8.2, as Ubuntu 20.04 has it: `-T` without `-C` gives up where a Match block asks for a user. */
export const givesUpAtMatch = `mv /usr/sbin/sshd /usr/sbin/sshd-9; cat >/usr/sbin/sshd <<'SSHD'
#!/bin/bash
[[ " $* " != *' -T '* || " $* " == *' -C '* ]] || { echo "'Match User' in configuration but 'user' not in connection test specification." >&2; exit 255; }
exec -a /usr/sbin/sshd /usr/sbin/sshd-9 "$@"
SSHD
chmod 755 /usr/sbin/sshd`;
