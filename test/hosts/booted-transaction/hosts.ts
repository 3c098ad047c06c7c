import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { type DocumentSource, scriptOf } from '../../../lib/hosts/compile.ts';
import { confirmHost } from '../../../lib/hosts/documents/confirm-host.ts';
import { hardenHosts } from '../../../lib/hosts/documents/harden-host.ts';
import { rollbackHost } from '../../../lib/hosts/documents/rollback-host.ts';
import { hostControls } from '../../../lib/hosts/index.ts';
import { type BootedHost, bootHost } from '../../../lib/local/hosts/booted-host.ts';
import { cloudOf } from '../../../lib/local/hosts/cloud.ts';
import { addUser, clientOf, login, publicKeyOf } from '../../../lib/local/hosts/logins.ts';
import type { OverlayRoot } from '../../../lib/local/hosts/overlay-root.ts';
import { type Answer, answerOf, defaults } from '../transaction/answer.ts';

type Given = Readonly<Record<string, string>>;
interface Run {
  /** Stands after the prelude of the document. */
  readonly preamble?: readonly string[];
}

/** A booted host, and from where it is administered. */
export interface Administered {
  readonly host: BootedHost;
  readonly client: OverlayRoot;
  /** What a command says on the host, without a document. */
  say(script: string): Promise<string>;
  /** A new login from outside with a key, or with a password: who it is then, or why not. A refused connection is tried again for 5 s. */
  login(user?: string, password?: string): Promise<string>;
  harden(area: string | DocumentSource, given?: Given, run?: Run): Promise<Answer & { id: string }>;
  confirm(id: string): Promise<Answer>;
  rollback(id: string): Promise<Answer>;
  /** Files, modes, owners and contents of /etc, and what sshd says. */
  picture(): Promise<string>;
  /** Waits until the host says so. */
  until(condition: string, seconds: number): Promise<void>;
  remove(): Promise<void>;
}

export const administered = async (
  base: string,
  prepare: (root: string) => Promise<void> = async () => undefined,
): Promise<Administered> => {
  const client = await clientOf(base);
  const cloud = await cloudOf(client);
  const host = await bootHost({
    base,
    client,
    prepare: async (root) => {
      await cloud.furnish(root);
      await prepare(root);
    },
  });
  await cloud.open();
  await addUser(host, 'alice', { key: await publicKeyOf(client), groups: 'sudo' });
  return administration(host, client);
};

const administration = (host: BootedHost, client: OverlayRoot): Administered => {
  const document = async (
    source: DocumentSource,
    given: Given,
    commandId: string = randomUUID(),
    { preamble = [] }: Run = {},
  ) => {
    const named = Object.entries(given).map(([name, value]) => [`SSM_${name}`, value]);
    const { exitCode, stdout, stderr } = await host.run(scriptOf(source, 'test', preamble), {
      commandId,
      environment: Object.fromEntries(named),
    });
    return answerOf(exitCode, stdout, stderr);
  };
  const say = async (script: string) => (await host.run(`#!/bin/bash\n${script}`)).stdout.trim();
  return {
    host,
    client,
    say,
    login: async (user = 'alice', password = undefined) => {
      const given = password === undefined ? {} : { password };
      let { stdout, stderr } = await login(client, user, given);
      // A reload comes back before sshd listens again: it closes its socket and starts itself anew.
      for (let tries = 0; tries < 10 && /Connection refused/.test(stderr); tries++) {
        await setTimeout(500);
        ({ stdout, stderr } = await login(client, user, given));
      }
      return (stdout || stderr).trim();
    },
    harden: async (area, given = {}, run = {}) => {
      const id = randomUUID();
      return { id, ...(await document(documentOf(area), { ...defaults, ...given }, id, run)) };
    },
    confirm: (id) => document(confirmHost, { Id: id }),
    rollback: (id) => document(rollbackHost, { Id: id }),
    picture: () =>
      say(`install -d /run/sshd; sshd -T; cd /etc
        find . -printf '%p %M %u:%g %l\\n' | sort; find . -type f -exec sha256sum {} + | sort`),
    until: async (condition, seconds) => {
      const end = performance.now() + seconds * 1000;
      while ((await say(`{ ${condition}; } >/dev/null 2>&1 && echo yes`)) !== 'yes')
        if (performance.now() > end) throw new Error(`not within ${seconds} s: ${condition}`);
        else await setTimeout(200);
    },
    remove: async () => {
      await host.stop();
      await client.dispose();
    },
  };
};

const documentOf = (area: string | DocumentSource): DocumentSource => {
  if (typeof area !== 'string') return area;
  const found = hardenHosts(hostControls).find(({ name }) => name.endsWith(`-${area}`));
  if (!found) throw new Error(`no document hardens ${area}`);
  return found;
};
