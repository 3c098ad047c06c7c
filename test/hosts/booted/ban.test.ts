import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { type BootedHost, bootHost } from '../../../lib/local/hosts/booted-host.ts';
import { debian12 } from '../../../lib/local/hosts/distributions.ts';
import type { OverlayRoot } from '../../../lib/local/hosts/overlay-root.ts';
import { clientAddress } from '../../../lib/local/hosts/wire.ts';
import { nightTest } from '../../extent.ts';
import { addUser, clientOf, describeOn, login, publicKeyOf } from '../harness.ts';

const jail = `[sshd]
enabled = true
backend = systemd
maxretry = 2
bantime = 600
banaction = nftables-multiport
`;

// Tried every night: what a control does with it is tried with each change, and bans as well.
describeOn([debian12], 'fail2ban', (base) => {
  let client: OverlayRoot;
  let host: BootedHost;
  beforeAll(async () => {
    client = await clientOf(base());
    host = await bootHost({
      base: base(),
      client,
      prepare: (root) => writeFile(join(root, 'etc/fail2ban/jail.d/test.conf'), jail),
    });
    await addUser(host, 'alice', { key: await publicKeyOf(client) });
  });
  afterAll(async () => {
    await host?.stop();
    await client?.dispose();
  });

  nightTest(
    'shuts out a client that guesses, also with a good key, until it is let in again',
    async () => {
      expect(await login(client, 'alice')).toMatchObject({ exitCode: 0 });
      const ready = await host.run(
        'until fail2ban-client status sshd >/dev/null; do sleep 0.1; done',
        {
          timeoutSeconds: 20,
        },
      );
      expect(ready.timedOut).toBe(false);
      for (let guess = 0; guess < 3; guess++) await login(client, 'mallory', { password: 'guess' });
      // fail2ban lists a ban before its rule is there.
      const banned = `until nft list ruleset | grep -om1 -F ${clientAddress}; do sleep 0.1; done`;
      expect((await host.run(banned, { timeoutSeconds: 20 })).stdout.trim()).toBe(clientAddress);
      expect((await login(client, 'alice')).stderr).toMatch(/refused|timed out/);
      const letIn = async () => {
        await host.run(`fail2ban-client set sshd unbanip ${clientAddress}`);
        const free = `while nft list ruleset | grep -qF ${clientAddress}; do sleep 0.1; done`;
        expect((await host.run(free, { timeoutSeconds: 20 })).timedOut).toBe(false);
        return login(client, 'alice');
      };
      let answer = await letIn();
      // A busy fail2ban reads a guess of before only now, and bans for it anew.
      for (let more = 0; more < 2 && answer.exitCode !== 0; more++) answer = await letIn();
      expect(answer).toMatchObject({ exitCode: 0, stdout: 'alice\n' });
    },
  );
});
