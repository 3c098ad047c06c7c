import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BootedHost } from './booted-host.ts';
import type { RunResult } from './guest.ts';
import { type OverlayRoot, overlayRoot } from './overlay-root.ts';
import { hostAddress } from './wire.ts';

/** A root that logs in elsewhere, with a key of its own. */
export const clientOf = async (base: string): Promise<OverlayRoot> => {
  const client = await overlayRoot(base);
  await client.run(
    "mkdir -m 700 -p /root/.ssh; ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/id_ed25519",
  );
  return client;
};
export const publicKeyOf = ({ path }: OverlayRoot) =>
  readFile(join(path, 'root/.ssh/id_ed25519.pub'), 'utf8');

/** Adds an account with a key and a password, each if it is given. */
export const addUser = async (
  host: Pick<BootedHost | OverlayRoot, 'run'>,
  name: string,
  { key, password, groups = '' }: { key?: string; password?: string; groups?: string } = {},
) => {
  const script = `#!/bin/bash
set -e
useradd --create-home --shell /bin/bash \${GROUPS_OF:+--groups "$GROUPS_OF"} "$NAME"
[ -z "$PASSWORD" ] || printf '%s:%s\\n' "$NAME" "$PASSWORD" | chpasswd
if [ -n "$KEY" ]; then
  install -d -m 700 -o "$NAME" -g "$NAME" "/home/$NAME/.ssh"
  printf '%s\\n' "$KEY" >"/home/$NAME/.ssh/authorized_keys"
  chown "$NAME:$NAME" "/home/$NAME/.ssh/authorized_keys"
  chmod 600 "/home/$NAME/.ssh/authorized_keys"
fi`;
  const environment = { NAME: name, KEY: key ?? '', PASSWORD: password ?? '', GROUPS_OF: groups };
  const { exitCode, stderr } = await host.run(script, { environment });
  if (exitCode !== 0) throw new Error(`the account ${name} could not be added: ${stderr}`);
};

/** Logs in over the wire and runs a command there: with the client's key, or with a password and nothing else. */
export const login = (
  client: OverlayRoot,
  user: string,
  { password, command = 'id -un', options = [] }: LoginOptions = {},
): Promise<RunResult> => {
  const methods =
    password === undefined
      ? ['-o PreferredAuthentications=publickey', '-o BatchMode=yes']
      : [
          '-o PreferredAuthentications=password,keyboard-interactive',
          '-o NumberOfPasswordPrompts=1',
        ];
  const known = [
    '-o StrictHostKeyChecking=no',
    '-o UserKnownHostsFile=/dev/null',
    '-o LogLevel=ERROR',
  ];
  // What a client prefers by itself takes it 80 ms of a processor: keys that a quantum computer cannot find.
  const exchange = '-o KexAlgorithms=^curve25519-sha256';
  const all = [...known, ...methods, '-o ConnectTimeout=5', ...options, exchange].join(' ');
  return client.run(
    `printf '#!/bin/sh\\nprintf "%%s\\\\n" "$PASSWORD"\\n' >/run/askpass; chmod 700 /run/askpass
export SSH_ASKPASS=/run/askpass SSH_ASKPASS_REQUIRE=force
exec ssh ${all} "$WHO@${hostAddress}" "$COMMAND"`,
    {
      environment: { WHO: user, COMMAND: command, PASSWORD: password ?? '' },
      timeoutSeconds: 20,
    },
  );
};
interface LoginOptions {
  readonly password?: string;
  readonly command?: string;
  /** More options of ssh, `-o Ciphers=…`. */
  readonly options?: readonly string[];
}
