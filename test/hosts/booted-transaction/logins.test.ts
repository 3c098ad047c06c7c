import { debian12, ubuntu2404 } from '../../../lib/local/hosts/distributions.ts';
import { nightTest, sampled, sampledByOutcome } from '../../extent.ts';
import { addUser, describeOn, publicKeyOf } from '../harness.ts';
import { trialDocument } from '../transaction/host-folder.ts';
import { type Administered, administered } from './hosts.ts';

const theirs = '/etc/ssh/sshd_config.d/50-theirs.conf';
const reload = 'systemctl try-reload-or-restart ssh';

describeOn(sampled([debian12, ubuntu2404], { usual: 2 }), 'whoever logs in now', (base) => {
  let at: Administered;
  beforeAll(async () => {
    at = await administered(base());
    await addUser(at.host, 'bob');
    // Ubuntu’s sshd runs from the first session on.
    await at.login();
  }, 300_000);
  afterAll(() => at?.remove());
  afterEach(() => at.say(`rm -f ${theirs}; ${reload}`));

  /** As the client host vouches for him. */
  const hostBased = async () => {
    const { stdout, stderr } = await at.client.run(
      `ssh-keygen -A >/dev/null; printf 'EnableSSHKeysign yes\\n' >/etc/ssh/ssh_config.d/keysign.conf
       useradd -m -s /bin/bash bob 2>/dev/null
       runuser -u bob -- ssh -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -o HostbasedAuthentication=yes -o PreferredAuthentications=hostbased bob@192.0.2.2 id -un`,
      { timeoutSeconds: 20 },
    );
    return (stdout || stderr).trim();
  };

  test('for whom another host vouches, with all that is changed by itself', async () => {
    await hostBased();
    const { stdout: hostKey } = await at.client.run('cat /etc/ssh/ssh_host_ed25519_key.pub');
    await at.say(`echo '192.0.2.1 ${hostKey.trim()}' >/etc/ssh/ssh_known_hosts
      printf '192.0.2.1 bob\\n' | tee /etc/ssh/shosts.equiv >/etc/hosts.equiv
      printf 'HostbasedAuthentication yes\\nHostbasedUsesNameFromPacketOnly no\\nUseDNS no\\n' >${theirs}; ${reload}`);
    expect(await hostBased()).toBe('bob');
    const { id, outcome, results } = await at.harden('ssh');
    expect([outcome, results.get('PL.SSH.13')]).toEqual([
      'applied',
      expect.objectContaining({ o: 'refused', why: 'locks_out:bob:host_based' }),
    ]);
    expect([await hostBased(), await at.login()]).toEqual(['bob', 'alice']);
    await at.rollback(id);
  }, 180_000);

  nightTest(
    'and whom PAM would refuse',
    async () => {
      await at.say(`echo 'UsePAM no' >${theirs}; usermod -p '*' alice; ${reload}
        sed -i '1i account required pam_access.so' /etc/pam.d/sshd; echo '-:alice:ALL' >>/etc/security/access.conf`);
      expect(await at.login()).toBe('alice');
      const { results } = await at.harden('ssh', { Controls: 'PL.SSH.15' });
      expect(results.get('PL.SSH.15')).toMatchObject({ why: 'locks_out:alice:pam_access' });
      expect(await at.login()).toBe('alice');
      await at.say("sed -i 1d /etc/pam.d/sshd; sed -i '$d' /etc/security/access.conf");
      const { id, outcome } = await at.harden('ssh', { Controls: 'PL.SSH.15' });
      expect([outcome, await at.login()]).toEqual(['applied', 'alice']);
      await at.rollback(id);
    },
    180_000,
  );

  nightTest(
    'and with a key and a password, where a block asks for both',
    async () => {
      const key = await publicKeyOf(at.client);
      await at.say(`echo 'bob:correct horse' | chpasswd; install -d -m 700 -o bob -g bob /home/bob/.ssh
        echo '${key.trim()}' >/home/bob/.ssh/authorized_keys; chown bob: /home/bob/.ssh/authorized_keys
        printf 'Match User bob\\nAuthenticationMethods publickey,password\\n' >${theirs}; ${reload}`);
      const { results } = await at.harden('ssh', { Controls: 'PL.SSH.2' });
      expect(results.get('PL.SSH.2')).toMatchObject({
        o: 'refused',
        why: 'locks_out:bob:authentication_methods',
      });
    },
    120_000,
  );

  nightTest(
    'a limit that others set in a later line takes back no other control',
    async () => {
      await at.say(`echo 'MaxStartups 100' >>/etc/ssh/sshd_config`);
      const before = await at.picture();
      const { id, outcome, results } = await at.harden('ssh', { Controls: 'PL.SSH.7,PL.SSH.9' });
      expect([outcome, [...results.values()].map(({ o }) => o)]).toEqual([
        'applied',
        ['changed', 'changed'],
      ]);
      expect(await at.say('sshd -T | grep ^maxstartups')).toBe('maxstartups 10:30:60');
      expect(await at.rollback(id)).toMatchObject({ outcome: 'reverted', left: [] });
      expect(await at.picture()).toBe(before);
    },
    120_000,
  );

  const writes = (name: string, ...more: readonly string[]) => ({
    audit: `[[ -e /etc/trial-${name} ]] && pass there || fail absent false absent`,
    fix: [`echo new | own_file /etc/trial-${name} 600 root:root`, ...more].join('\n'),
  });
  const breaking: readonly (readonly [what: string, breaks: string, why: string])[] = [
    [
      'shuts everybody out',
      // What masks and unmasks a unit that runs may leave systemd 252 saying that it is dead, while it runs.
      "reversible nft delete table inet shut -- nft 'add table inet shut; add chain inet shut in { type filter hook input priority 0; }; add rule inet shut in tcp dport 22 drop'\nactivate broken",
      'activation_failed:broken',
    ],
    [
      'closes the way to Systems Manager',
      "reversible nft delete table inet closed -- nft 'add table inet closed; add chain inet closed out { type filter hook output priority 0; policy drop; }; add rule inet closed out oifname lo accept'",
      'channel_lost:',
    ],
    ['cannot be reloaded', 'activate no-such.service', 'activation_failed:no-such.service'],
  ];
  const outcomeOf = ([, , why]: (typeof breaking)[number]) => why.replace(/:.*/, '');
  test.each(sampledByOutcome(breaking, { usual: 3 }, outcomeOf))(
    'what %s goes back alone',
    async (_, breaks, why) => {
      const before = await at.picture();
      const document = trialDocument([
        writes('first', 'activate ssh'),
        { ...writes('second', breaks), more: 'reload_broken() { REPLY=broken; return 1; }' },
        writes('third'),
      ]);
      const { id, outcome, reason, results } = await at.harden(document);
      expect([outcome, reason, [...results.values()].map(({ o, why: said }) => [o, said])]).toEqual(
        [
          'applied',
          '',
          [
            ['changed', 'absent'],
            ['refused', expect.stringContaining(why)],
            ['changed', 'absent'],
          ],
        ],
      );
      expect(await at.say('ls /etc/trial-*')).toBe('/etc/trial-first\n/etc/trial-third');
      expect(await at.login()).toBe('alice');
      expect(await at.confirm(id)).toMatchObject({ outcome: 'confirmed' });
      expect(await at.rollback(id)).toMatchObject({ outcome: 'reverted', left: [] });
      expect(await at.picture()).toBe(before);
    },
    240_000,
  );
});
