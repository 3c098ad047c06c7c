import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { output } from '../../../lib/local/hosts/execute.ts';
import { type Files, put } from '../audited.ts';

/** A throw-away root over a base root that is only read; sshd in it is the distribution's own. */
export interface SshRoot {
  readonly path: string;
  /** Puts back /etc/ssh and the users as the distribution ships them, then these files on top. */
  reset(files: Files): void;
  remove(): Promise<void>;
}

const users = [
  'root:x:0:0:root:/root:/bin/bash',
  'sshd:x:101:65534::/run/sshd:/usr/sbin/nologin',
  'alice:x:1000:1000::/home/alice:/bin/bash',
  'bob:x:1001:1001::/home/bob:/bin/sh',
  'nobody:x:65534:65534::/nonexistent:/usr/sbin/nologin',
];

export const sshRoot = async (base: string): Promise<SshRoot> => {
  const folder = mkdtempSync(join(tmpdir(), 'plumbline-ssh-'));
  const [path, upper, work] = ['root', 'upper', 'work'].map((name) => join(folder, name));
  for (const each of [path, upper, work]) mkdirSync(String(each));
  const root = String(path);
  const layers = `lowerdir=${base},upperdir=${upper},workdir=${work}`;
  await output('mount', ['-t', 'overlay', 'overlay', '-o', layers, root]);
  await output('chroot', [root, 'ssh-keygen', '-A']);
  const hostKeys = join(folder, 'keys');
  cpSync(join(root, 'etc/ssh'), hostKeys, { recursive: true, preserveTimestamps: true });
  return {
    path: root,
    reset: (files) => {
      // As on a socket-activated Ubuntu before the first session.
      for (const each of ['etc/ssh', 'run/sshd'])
        rmSync(join(root, each), { recursive: true, force: true });
      cpSync(hostKeys, join(root, 'etc/ssh'), { recursive: true, preserveTimestamps: true });
      writeFileSync(join(root, 'etc/passwd'), `${users.join('\n')}\n`);
      put(root, files);
    },
    remove: async () => {
      await output('umount', [root]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
